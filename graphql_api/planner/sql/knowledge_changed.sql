(SELECT coalesce(json_agg({content} ORDER BY {f}.model, {f}.key, {f}.field), '[]')
 FROM (
    SELECT coalesce(a.model, b.model) AS model, coalesce(a.key, b.key) AS key,
        coalesce(a.sealed, b.sealed) AS sealed, coalesce(a.person, b.person) AS person,
        coalesce(a.field, b.field) AS field, b.value AS before, a.value AS after
    FROM (SELECT * FROM fact AS x WHERE {believed_before} AND x.valid @> {as_of}) AS b
    FULL JOIN (SELECT * FROM fact AS x WHERE {believed_after} AND x.valid @> {as_of}) AS a
        ON a.model = b.model AND a.key = b.key AND a.field = b.field
    WHERE coalesce(a.value, 'null') <> coalesce(b.value, 'null')
 ) AS {f})
