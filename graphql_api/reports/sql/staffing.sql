WITH quotas AS (
    SELECT q.organization,
        sum(q.count) FILTER (WHERE q.kind = 'ADMINISTRATIVE') AS administrative,
        sum(q.count) FILTER (WHERE q.kind = 'CIVIL_SERVICE_REFERENCE') AS civil_service_reference,
        sum(q.count) FILTER (WHERE q.kind = 'PUBLIC_INSTITUTION') AS public_institution,
        sum(q.count) FILTER (WHERE q.kind = 'SUPPORT') AS support,
        sum(q.count) FILTER (WHERE q.kind = 'OTHER') AS other
    FROM {quota} AS q
    WHERE (q.valid @> {as_of}) IS TRUE
    GROUP BY q.organization
),
employed AS (
    SELECT e.employer, count(DISTINCT coalesce(a.canonical, e.person)) AS employed
    FROM {employment} AS e
    LEFT JOIN {person_alias} AS a ON a.alias = e.person
    WHERE e.employer IS NOT NULL AND (e.valid @> {as_of}) IS TRUE AND e.employer IN (SELECT p.id FROM placed AS p)
    GROUP BY e.employer
)
SELECT p.id AS organization, p.name, p.kind, d.name AS district, s.organization IS NOT NULL AS recorded,
    q.administrative, q.civil_service_reference, q.public_institution, q.support, q.other,
    s.established, s.headcount, s.leadership_posts, s.leaders, coalesce(e.employed, 0) AS employed,
    i.number AS instrument_number, i.title AS instrument_title
FROM placed AS p
LEFT JOIN {staffing} AS s ON s.organization = p.id AND (s.valid @> {as_of}) IS TRUE
LEFT JOIN quotas AS q ON q.organization = p.id
LEFT JOIN employed AS e ON e.employer = p.id
LEFT JOIN living AS d ON d.id = p.district
LEFT JOIN {instrument} AS i ON i.id = s.instrument AND i.valid @> {as_of}
WHERE s.organization IS NOT NULL OR p.kind = 'INSTITUTION' OR p.kind = 'ASSOCIATION' AND p.tier IS NOT NULL
ORDER BY d.pinyin NULLS FIRST, array_position(ARRAY['ASSOCIATION', 'DEPARTMENT', 'INSTITUTION'], p.kind), p.pinyin, p.id
