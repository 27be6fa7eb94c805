ARRAY(
    WITH RECURSIVE part (id) AS (
        SELECT {root}
      UNION
        SELECT r.subordinate FROM part AS p JOIN {relation} AS r ON r.superior = p.id
        WHERE r.hierarchy = 'PART_OF' AND (r.valid @> {before} OR r.valid @> {after})
    )
    SELECT id FROM part
)
