-- Whoever would drop the set waits until this transaction ends, and whoever comes after him waits for him: row locks
-- alone would let others past, and he would wait for ever. No row when the set was dropped already.
SELECT p.position
FROM pg_advisory_xact_lock_shared(7307496023512417) AS fair
CROSS JOIN registry.projection AS p
WHERE p.name = $1 AND p.built_at IS NULL
FOR KEY SHARE OF p
