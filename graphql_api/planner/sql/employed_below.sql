f.employer IN (
    WITH RECURSIVE way (id) AS (
        SELECT {end}
      UNION
        SELECT r.subordinate
        FROM way AS w
        CROSS JOIN LATERAL (
            SELECT * FROM {relation} AS f
            WHERE f.superior = w.id AND f.hierarchy = {hierarchy} AND (f.valid @> {as_of}) IS TRUE
            OFFSET 0
        ) AS r
    )
    SELECT id FROM way
)
