(WITH held AS MATERIALIZED (
    -- What has every gram. Words that stand apart in a name count a little less than the text as it was given.
    SELECT n.entity, n.noun, n.name, n.letters, CASE
        WHEN n.folded = {whole} THEN 100
        WHEN starts_with(n.folded, {whole}) THEN 90
        ELSE greatest(
            {rank_of_whole},
            (SELECT min({rank_of_part}) FROM unnest({parts}) AS p (part)) - {apart},
            CASE WHEN cardinality({grams}) > 0 THEN 20 END
        )
    END AS score
    FROM {naming} AS n
    WHERE {holds} AND n.valid @> {as_of} AND {conditions}
 ), likened AS (
    -- What has half of the first grams, if the rest of the hits has to be made up somehow.
    SELECT n.entity, n.noun, n.name, n.letters, g.common * 20 / cardinality({some}) AS score
    FROM {naming} AS n
    CROSS JOIN LATERAL (
        SELECT count(*)::integer AS common
        FROM unnest({some}) AS s (gram)
        WHERE strpos(n.grams, ' ' || s.gram || ' ') > 0
    ) AS g
    WHERE (SELECT count(DISTINCT h.entity) FROM held AS h WHERE h.score > 0) < {first}
        AND string_to_array(btrim(n.grams), ' ') && {one_of} AND n.valid @> {as_of} AND {conditions}
        AND g.common * 2 >= cardinality({some})
 ), best AS (
    SELECT DISTINCT ON (f.entity) f.*
    FROM (SELECT * FROM held AS h WHERE h.score > 0 UNION ALL SELECT * FROM likened) AS f
    ORDER BY f.entity, f.score DESC, length(f.name), f.letters, f.name
 )
 SELECT coalesce(json_agg({content} ORDER BY {hit}.score DESC, length({hit}.name), {hit}.letters, {hit}.name, {hit}.entity), '[]')
 FROM (
    SELECT * FROM best AS b ORDER BY b.score DESC, length(b.name), b.letters, b.name, b.entity LIMIT {first}
 ) AS {hit})
