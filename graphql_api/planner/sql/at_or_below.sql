{{t}}.{column} IN (
    WITH RECURSIVE below (id) AS (
        SELECT {{value}}
      UNION
        SELECT r.subordinate
        FROM below AS b
        JOIN {{relation}} AS r ON r.superior = b.id AND (r.valid @> {{as_of}}) IS TRUE
        WHERE r.hierarchy IN ({hierarchies})
    )
    SELECT id FROM below
)
