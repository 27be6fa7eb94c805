-- believed: organization, relation, staffing, quota, employment, person_alias, instrument
-- Written by hand: as districts.sql goes down from the root; staffing and quotas are small and joined by hash.
WITH RECURSIVE living AS MATERIALIZED (
    SELECT id, name, pinyin, short_name, code, kind, status, tier, base
    FROM organization
    WHERE valid @> $1::date AND status NOT IN ('DISSOLVED', 'REVOKED') AND kind <> 'EXTERNAL'
),
root AS MATERIALIZED (
    SELECT id FROM living WHERE kind = 'ASSOCIATION'
    ORDER BY tier IS NOT DISTINCT FROM 'MUNICIPAL' DESC, code, id LIMIT 1
),
edge AS MATERIALIZED (
    SELECT r.superior, r.subordinate,
        CASE WHEN s.kind = 'ASSOCIATION' AND s.tier = 'DISTRICT' THEN s.id END AS district
    FROM relation AS r
    JOIN living AS s ON s.id = r.subordinate
    WHERE r.valid @> $1::date AND r.hierarchy IN ('PART_OF', 'LEADS', 'GUIDES', 'SUPERVISES')
),
part (id, district) AS (
    SELECT l.id, CASE WHEN l.tier = 'DISTRICT' THEN l.id END FROM living AS l JOIN root USING (id)
  UNION
    SELECT e.subordinate, coalesce(e.district, p.district) FROM part AS p JOIN edge AS e ON e.superior = p.id
),
placed AS MATERIALIZED (
    SELECT l.*, p.district
    FROM (SELECT id, (array_agg(district ORDER BY district NULLS LAST))[1] AS district FROM part GROUP BY id) AS p
    JOIN living AS l USING (id)
),
quotas AS (
    SELECT organization,
        sum(count) FILTER (WHERE kind = 'ADMINISTRATIVE') AS administrative,
        sum(count) FILTER (WHERE kind = 'CIVIL_SERVICE_REFERENCE') AS civil_service_reference,
        sum(count) FILTER (WHERE kind = 'PUBLIC_INSTITUTION') AS public_institution,
        sum(count) FILTER (WHERE kind = 'SUPPORT') AS support,
        sum(count) FILTER (WHERE kind = 'OTHER') AS other
    FROM quota
    WHERE valid @> $1::date
    GROUP BY organization
),
employed AS (
    SELECT e.employer, count(DISTINCT coalesce(a.canonical, e.person)) AS employed
    FROM employment AS e
    LEFT JOIN person_alias AS a ON a.alias = e.person
    WHERE e.employer IS NOT NULL AND e.valid @> $1::date
    GROUP BY e.employer
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT p.name, p.kind, d.name AS district, s.organization IS NOT NULL AS recorded,
        q.administrative, q.civil_service_reference AS "civilServiceReference",
        q.public_institution AS "publicInstitution", q.support, q.other,
        s.established, s.headcount,
        greatest(s.headcount - s.established, CASE WHEN s.headcount + s.established IS NOT NULL THEN 0 END)
            AS "overStrength",
        s.leadership_posts AS "leadershipPosts", s.leaders,
        greatest(s.leaders - s.leadership_posts, CASE WHEN s.leaders + s.leadership_posts IS NOT NULL THEN 0 END)
            AS "overLeadership",
        coalesce(e.employed, 0) AS employed,
        i.number AS "instrumentNumber", i.title AS "instrumentTitle"
    FROM placed AS p
    LEFT JOIN staffing AS s ON s.organization = p.id AND s.valid @> $1::date
    LEFT JOIN quotas AS q ON q.organization = p.id
    LEFT JOIN employed AS e ON e.employer = p.id
    LEFT JOIN living AS d ON d.id = p.district
    LEFT JOIN instrument AS i ON i.id = s.instrument AND i.valid @> $1::date
    WHERE s.organization IS NOT NULL OR p.kind = 'INSTITUTION' OR p.kind = 'ASSOCIATION' AND p.tier IS NOT NULL
    ORDER BY d.pinyin NULLS FIRST, array_position(ARRAY['ASSOCIATION', 'DEPARTMENT', 'INSTITUTION'], p.kind), p.pinyin, p.id
) AS t
