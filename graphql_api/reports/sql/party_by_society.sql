WITH {party_covered},
by AS (
    SELECT c.society,
        array_agg(p.name ORDER BY p.pinyin, p.id) AS party_organizations,
        array_agg(DISTINCT c.form) FILTER (WHERE c.form IS NOT NULL) AS forms
    FROM covering AS c
    JOIN {organization} AS p ON p.id = c.party AND p.valid @> {as_of}
    GROUP BY c.society
)
SELECT v.id AS society, o.name, o.code, v.organizational, v.work,
    coalesce(b.party_organizations, '{{}}') AS party_organizations, coalesce(b.forms, '{{}}') AS forms
FROM covered AS v
JOIN {organization} AS o ON o.id = v.id AND o.valid @> {as_of}
LEFT JOIN by AS b ON b.society = v.id
ORDER BY v.work, v.organizational, o.pinyin, o.id
