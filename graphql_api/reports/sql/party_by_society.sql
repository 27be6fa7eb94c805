SELECT v.id AS society, o.name, o.code, v.organizational, v.work,
    coalesce(array_agg(p.name ORDER BY p.pinyin, p.id) FILTER (WHERE p.id IS NOT NULL), '{{}}') AS party_organizations,
    coalesce(array_agg(DISTINCT c.form) FILTER (WHERE c.form IS NOT NULL), '{{}}') AS forms
FROM covered AS v
JOIN {organization} AS o ON o.id = v.id AND o.valid @> {as_of}
LEFT JOIN covering AS c ON c.society = v.id
LEFT JOIN {organization} AS p ON p.id = c.party AND p.valid @> {as_of}
GROUP BY v.id, o.name, o.code, o.pinyin, o.id, v.organizational, v.work
ORDER BY v.work, v.organizational, o.pinyin, o.id
