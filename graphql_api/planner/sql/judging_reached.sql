SELECT s.id AS root, s.id AS part, 0 AS level FROM subjects AS s WHERE s.rule = ANY ({rules}) GROUP BY s.id
UNION ALL
SELECT s.id, o.id, CASE WHEN o.kind = 'BODY' THEN 1 ELSE 2 END
FROM (SELECT s.id FROM subjects AS s WHERE s.rule = ANY ({rules}) GROUP BY s.id) AS s
JOIN {relation} AS r ON r.superior = s.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {as_of}) IS TRUE
JOIN {organization} AS o ON o.id = r.subordinate AND coalesce(o.valid @> {as_of}, false)
WHERE o.status NOT IN ('DISSOLVED', 'REVOKED')
