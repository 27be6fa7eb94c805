-- Whoever would drop the set waits until this transaction ends; no row when it was dropped already.
SELECT position FROM registry.projection WHERE name = $1 AND built_at IS NULL FOR KEY SHARE
