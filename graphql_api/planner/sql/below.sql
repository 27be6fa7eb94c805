{t}.id IN (
    WITH RECURSIVE way (id) AS (
        SELECT r.subordinate FROM {relation} AS r
        WHERE r.superior = {end} AND r.hierarchy = {hierarchy} AND (r.valid @> {as_of}) IS TRUE
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
