{{t}}.{column} = ANY (ARRAY(
    WITH RECURSIVE below (id) AS (
        SELECT {{value}}
      UNION
        SELECT r.subordinate
        FROM below AS b
        CROSS JOIN LATERAL (
            SELECT * FROM {{relation}} AS f
            WHERE f.superior = b.id AND f.hierarchy IN ({hierarchies}) AND (f.valid @> {{as_of}}) IS TRUE
            OFFSET 0
        ) AS r
    )
    SELECT id FROM below
))
