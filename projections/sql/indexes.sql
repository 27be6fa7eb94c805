-- What keeps the tables of a schema in order, and how each is dropped and made again, in the order of dropping:
-- references first, then the keys that they rest on.
SELECT 0 AS place, k.conrelid::regclass::text AS of,
    format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) AS dropped,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS made
FROM pg_constraint AS k
WHERE k.connamespace = $1::regnamespace AND k.contype = 'f'
UNION ALL
SELECT 1, k.conrelid::regclass::text,
    format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname),
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint AS k
WHERE k.connamespace = $1::regnamespace AND k.contype IN ('p', 'u', 'x')
UNION ALL
SELECT 2, i.indrelid::regclass::text, format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index AS i
JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE c.relnamespace = $1::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY place, dropped
