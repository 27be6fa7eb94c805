-- The newest signed checkpoint of at most this size, with the cosignatures it has.
SELECT
    c.size, c.root_hash, c.note, c.signed_at,
    c.note || coalesce((SELECT string_agg(s.line, '' ORDER BY s.witness) FROM registry.cosignature AS s
                        WHERE s.size = c.size), '') AS cosigned
FROM registry.checkpoint AS c
WHERE c.size <= $1
ORDER BY c.size DESC
LIMIT 1
