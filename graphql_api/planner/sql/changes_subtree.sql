ARRAY(
    WITH RECURSIVE part (id) AS (
        SELECT {root}
      UNION
        SELECT r.subordinate
        FROM part AS p
        JOIN (
            SELECT subordinate, superior FROM {before_relation} AS b
            WHERE hierarchy = 'PART_OF' AND (valid @> {before}) IS TRUE
          UNION ALL
            SELECT subordinate, superior FROM {relation} AS a
            WHERE hierarchy = 'PART_OF' AND (valid @> {after}) IS TRUE
        ) AS r ON r.superior = p.id
    )
    SELECT id FROM part
)
