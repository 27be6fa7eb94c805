part (id) AS (
    SELECT {root}
  UNION
    SELECT r.subordinate
    FROM part AS p
    JOIN (
        SELECT b.subordinate, b.superior FROM {relation} AS b
        WHERE b.hierarchy = 'PART_OF' AND (b.valid @> {before}) IS TRUE
      UNION ALL
        SELECT a.subordinate, a.superior FROM {relation} AS a
        WHERE a.hierarchy = 'PART_OF' AND (a.valid @> {as_of}) IS TRUE
    ) AS r ON r.superior = p.id
)
