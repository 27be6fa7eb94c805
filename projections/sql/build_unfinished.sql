-- Sets that somebody began to build and did not finish, and whether all of what was begun is there.
SELECT name, fingerprint, position, to_regclass(name || '.build_task') IS NOT NULL AS whole
FROM registry.projection
WHERE built_at IS NULL
ORDER BY begun_at
