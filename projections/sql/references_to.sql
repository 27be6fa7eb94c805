SELECT subordinate AS source, hierarchy AS kind, superior AS target, lower(valid) AS begins, upper(valid) AS ends, position
FROM relation
WHERE superior = ANY ($1::uuid[])
UNION ALL
SELECT function, 'HOLDS', holder, lower(valid), upper(valid), position
FROM holding
WHERE holder = ANY ($1::uuid[])
