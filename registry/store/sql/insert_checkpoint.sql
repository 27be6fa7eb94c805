-- Sizes only grow, and a size has one root: whoever comes second with the same one has nothing to add.
INSERT INTO registry.checkpoint (size, root_hash, note)
SELECT $1::bigint, $2::bytea, $3::text
WHERE NOT EXISTS (SELECT FROM registry.checkpoint AS c WHERE c.size >= $1)
ON CONFLICT (size) DO NOTHING
