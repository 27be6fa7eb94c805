part (id) AS (
    SELECT {root}
  UNION
    SELECT r.subordinate
    FROM part AS p
    CROSS JOIN LATERAL (
        SELECT b.subordinate FROM {relation} AS b
        WHERE b.superior = p.id AND b.hierarchy = 'PART_OF'
            AND ((b.valid @> {before}) IS TRUE OR (b.valid @> {as_of}) IS TRUE)
        OFFSET 0
    ) AS r
)
