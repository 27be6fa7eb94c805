SELECT subordinate AS source, hierarchy AS kind, superior AS target, lower(valid) AS begins, upper(valid) AS ends, position
FROM relation
WHERE $1::uuid[] IS NULL OR subordinate = ANY ($1::uuid[])
