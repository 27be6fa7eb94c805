-- Every record of one person, by any of them.
WITH main (id) AS (
    SELECT coalesce((SELECT a.canonical FROM person_alias AS a WHERE a.alias = $1), $1)
)
SELECT m.id FROM main AS m
UNION
SELECT a.alias FROM main AS m JOIN person_alias AS a ON a.canonical = m.id
