-- The hashes that nodes are made of: of leaves, and of tiles above them, each from a first one on, so many.
SELECT
    r.number,
    CASE WHEN r.level = 0
        THEN (SELECT string_agg(e.leaf_hash, '' ORDER BY e.position) FROM registry.event AS e
              WHERE e.position > r.first AND e.position <= r.first + r.width)
        ELSE (SELECT substr(t.hashes, 32 * (r.first % 256)::integer + 1, 32 * r.width) FROM registry.tile AS t
              WHERE t.level = r.level AND t.index = r.first / 256)
    END AS hashes
FROM unnest($1::integer[], $2::bigint[], $3::integer[]) WITH ORDINALITY AS r (level, first, width, number)
ORDER BY r.number
