SELECT DISTINCT s.id AS root, s.id FROM subjects AS s WHERE s.rule = ANY ({rules})
UNION
SELECT w.root, r.subordinate
FROM parts_of AS w
JOIN {relation} AS r ON r.superior = w.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {as_of}) IS TRUE
