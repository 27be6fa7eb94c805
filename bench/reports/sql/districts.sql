-- believed: organization, relation, figure, employment, person_alias
-- Written by hand: organizations are read once, the way down goes by edges alone (both ends of an edge live, which a
-- foreign key holds), and all counts of a district are taken in one pass.
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
counts AS (
    SELECT grouping(district) AS everywhere, district,
        count(*) FILTER (WHERE kind = 'INSTITUTION') AS institutions,
        count(*) FILTER (WHERE kind = 'SOCIETY') AS societies,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'ENTERPRISE') AS enterprise,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'PARK') AS park,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'UNIVERSITY') AS university,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'INSTITUTE') AS institute,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND tier = 'TOWNSHIP') AS township,
        count(*) FILTER (WHERE kind = 'RURAL_ASSOCIATION') AS rural
    FROM placed
    WHERE status <> 'PLANNED'
    GROUP BY GROUPING SETS ((district), ())
),
staff AS (
    SELECT grouping(p.district) AS everywhere, p.district, count(DISTINCT coalesce(a.canonical, e.person)) AS staff
    FROM employment AS e
    JOIN placed AS p ON p.id = e.employer
        AND (p.kind IN ('DEPARTMENT', 'INSTITUTION') OR p.kind = 'ASSOCIATION' AND p.base IS NULL)
    LEFT JOIN person_alias AS a ON a.alias = e.person
    WHERE e.employer IS NOT NULL AND e.valid @> $1::date
    GROUP BY GROUPING SETS ((p.district), ())
),
newest AS (
    SELECT DISTINCT ON (organization, indicator) organization, indicator, value, period_end
    FROM figure
    WHERE valid @> $1::date AND NOT withdrawn
    ORDER BY organization, indicator, period_end DESC, period_start DESC, id
),
reported AS (
    SELECT organization, json_object_agg(indicator, value) AS of, min(period_end) AS oldest, max(period_end) AS newest
    FROM newest
    GROUP BY organization
),
shown AS (
    SELECT 1 AS place, 'DISTRICT' AS span, id AS district, id AS reporter, coalesce(short_name, name) AS name, code, pinyin
    FROM placed
    WHERE kind = 'ASSOCIATION' AND tier = 'DISTRICT'
  UNION ALL
    SELECT 2, 'DIRECT', NULL, NULL, '直属', NULL, NULL FROM root
  UNION ALL
    SELECT 3, 'TOTAL', NULL, id, '合计', NULL, NULL FROM root
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT s.span, s.name, s.code,
        coalesce(c.institutions, 0) AS institutions, (r.of ->> 'INSTITUTIONS')::bigint AS "institutionsReported",
        coalesce(w.staff, 0) AS staff, (r.of ->> 'STAFF')::bigint AS "staffReported",
        coalesce(c.societies, 0) AS societies, (r.of ->> 'SOCIETIES')::bigint AS "societiesReported",
        coalesce(c.enterprise, 0) AS "enterpriseAssociations",
        (r.of ->> 'ENTERPRISE_ASSOCIATIONS')::bigint AS "enterpriseAssociationsReported",
        coalesce(c.park, 0) AS "parkAssociations", (r.of ->> 'PARK_ASSOCIATIONS')::bigint AS "parkAssociationsReported",
        coalesce(c.university, 0) AS "universityAssociations",
        (r.of ->> 'UNIVERSITY_ASSOCIATIONS')::bigint AS "universityAssociationsReported",
        coalesce(c.institute, 0) AS "instituteAssociations",
        (r.of ->> 'INSTITUTE_ASSOCIATIONS')::bigint AS "instituteAssociationsReported",
        coalesce(c.township, 0) AS "townshipAssociations",
        (r.of ->> 'TOWNSHIP_ASSOCIATIONS')::bigint AS "townshipAssociationsReported",
        coalesce(c.rural, 0) AS "ruralTechnicalAssociations",
        (r.of ->> 'RURAL_TECHNICAL_ASSOCIATIONS')::bigint AS "ruralTechnicalAssociationsReported",
        r.oldest AS "reportedFrom", r.newest AS "reportedUntil"
    FROM shown AS s
    LEFT JOIN counts AS c
        ON c.everywhere = (s.span = 'TOTAL')::integer AND c.district IS NOT DISTINCT FROM s.district
    LEFT JOIN staff AS w
        ON w.everywhere = (s.span = 'TOTAL')::integer AND w.district IS NOT DISTINCT FROM s.district
    LEFT JOIN reported AS r ON r.organization = s.reporter
    ORDER BY s.place, s.code, s.pinyin, s.district
) AS t
