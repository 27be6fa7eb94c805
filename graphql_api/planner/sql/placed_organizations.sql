SELECT root.id FROM unnest({roots}) AS root (id)
UNION
SELECT r.subordinate
FROM {name} AS p
CROSS JOIN LATERAL (
    SELECT * FROM {relation} AS f
    WHERE f.superior = p.id AND f.hierarchy = 'PART_OF' AND (f.valid @> {today}) IS TRUE
    OFFSET 0
) AS r
