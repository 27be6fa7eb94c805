SELECT v.id AS society, o.name, o.code, v.organizational, v.work,
    coalesce(array_agg(p.name ORDER BY p.pinyin, p.id) FILTER (WHERE p.id IS NOT NULL), '{{}}') AS party_organizations,
    coalesce(array_agg(DISTINCT p.subtype) FILTER (WHERE p.subtype IS NOT NULL), '{{}}') AS forms
FROM covered AS v
CROSS JOIN LATERAL (
    SELECT * FROM {organization} AS s WHERE s.id = v.id AND (s.valid @> {as_of}) IS TRUE OFFSET 0
) AS o
-- What covers a society is looked up again: the planner takes "covering" for a row or two, and would read it each time.
LEFT JOIN LATERAL (
    SELECT q.id, q.name, q.pinyin, q.subtype
    FROM {relation} AS c
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS a WHERE a.id = c.superior AND (a.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS q
    WHERE c.subordinate = v.id AND c.hierarchy = 'COVERS' AND (c.valid @> {as_of}) IS TRUE AND q.status = 'ACTIVE'
    OFFSET 0
) AS p ON true
GROUP BY v.id, o.name, o.code, o.pinyin, o.id, v.organizational, v.work
ORDER BY v.work, v.organizational, o.pinyin, o.id
