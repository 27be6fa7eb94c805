WITH RECURSIVE alive AS MATERIALIZED (
    SELECT id, name, short_name, code, pinyin, kind, status, tier, base
    FROM organization
    WHERE valid @> $1::date AND status NOT IN ('DISSOLVED', 'REVOKED') AND kind <> 'EXTERNAL'
), tree (id, district) AS (
    SELECT id, NULL::uuid FROM alive WHERE kind = 'ASSOCIATION' AND tier = 'MUNICIPAL'
  UNION
    SELECT a.id, CASE WHEN a.tier = 'DISTRICT' AND a.kind = 'ASSOCIATION' THEN a.id ELSE t.district END
    FROM tree AS t
    JOIN relation AS r ON r.superior = t.id AND r.hierarchy IN ('PART_OF', 'LEADS', 'GUIDES', 'SUPERVISES')
        AND r.valid @> $1::date
    JOIN alive AS a ON a.id = r.subordinate
), placed AS MATERIALIZED (
    SELECT a.id, a.kind, a.status, a.tier, a.base, t.district
    FROM (SELECT id, min(district::text)::uuid AS district FROM tree GROUP BY id) AS t
    JOIN alive AS a ON a.id = t.id
), counts AS (
    SELECT grouping(district) AS whole, district, count(*) FILTER (WHERE kind = 'INSTITUTION') AS a,
        count(*) FILTER (WHERE kind = 'SOCIETY') AS b,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'ENTERPRISE') AS c,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'PARK') AS d,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'UNIVERSITY') AS e,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND base = 'INSTITUTE') AS f,
        count(*) FILTER (WHERE kind = 'ASSOCIATION' AND tier = 'TOWNSHIP') AS g,
        count(*) FILTER (WHERE kind = 'RURAL_ASSOCIATION') AS h
    FROM placed WHERE status <> 'PLANNED' GROUP BY GROUPING SETS ((district), ())
), workers AS (
    SELECT grouping(p.district) AS whole, p.district, count(DISTINCT coalesce(a.canonical, e.person)) AS staff
    FROM employment AS e
    JOIN placed AS p ON p.id = e.employer
        AND (p.kind IN ('DEPARTMENT', 'INSTITUTION') OR p.kind = 'ASSOCIATION' AND p.base IS NULL)
    LEFT JOIN person_alias AS a ON a.alias = e.person
    WHERE e.employer IS NOT NULL AND e.valid @> $1::date
    GROUP BY GROUPING SETS ((p.district), ())
), newest AS (
    SELECT DISTINCT ON (organization, indicator) organization, indicator, value, period_end
    FROM figure WHERE valid @> $1::date AND NOT withdrawn
    ORDER BY organization, indicator, period_end DESC, period_start DESC, id
), said AS (
    SELECT organization, max(value) FILTER (WHERE indicator = 'INSTITUTIONS') AS i,
        max(value) FILTER (WHERE indicator = 'STAFF') AS s, max(value) FILTER (WHERE indicator = 'SOCIETIES') AS b,
        max(value) FILTER (WHERE indicator = 'ENTERPRISE_ASSOCIATIONS') AS c,
        max(value) FILTER (WHERE indicator = 'PARK_ASSOCIATIONS') AS d,
        max(value) FILTER (WHERE indicator = 'UNIVERSITY_ASSOCIATIONS') AS e,
        max(value) FILTER (WHERE indicator = 'INSTITUTE_ASSOCIATIONS') AS f,
        max(value) FILTER (WHERE indicator = 'TOWNSHIP_ASSOCIATIONS') AS g,
        max(value) FILTER (WHERE indicator = 'RURAL_TECHNICAL_ASSOCIATIONS') AS h,
        min(period_end) AS oldest, max(period_end) AS newest
    FROM newest GROUP BY organization
), lines AS (
    SELECT 1 AS place, 'DISTRICT' AS span, id AS district, id AS reporter, coalesce(short_name, name) AS name, code, pinyin
    FROM alive WHERE kind = 'ASSOCIATION' AND tier = 'DISTRICT'
  UNION ALL SELECT 2, 'DIRECT', NULL, NULL, '直属', NULL, NULL
  UNION ALL
    SELECT 3, 'TOTAL', NULL, id, '合计', NULL, NULL FROM alive WHERE kind = 'ASSOCIATION' AND tier = 'MUNICIPAL'
)
SELECT json_agg(row_to_json(x)) FROM (
    SELECT l.span, l.name, l.code, coalesce(c.a, 0) AS institutions, s.i AS "institutionsReported",
        coalesce(w.staff, 0) AS staff, s.s AS "staffReported", coalesce(c.b, 0) AS societies, s.b AS "societiesReported",
        coalesce(c.c, 0) AS "enterpriseAssociations", s.c AS "enterpriseAssociationsReported",
        coalesce(c.d, 0) AS "parkAssociations", s.d AS "parkAssociationsReported",
        coalesce(c.e, 0) AS "universityAssociations", s.e AS "universityAssociationsReported",
        coalesce(c.f, 0) AS "instituteAssociations", s.f AS "instituteAssociationsReported",
        coalesce(c.g, 0) AS "townshipAssociations", s.g AS "townshipAssociationsReported",
        coalesce(c.h, 0) AS "ruralTechnicalAssociations", s.h AS "ruralTechnicalAssociationsReported",
        s.oldest AS "reportedFrom", s.newest AS "reportedUntil"
    FROM lines AS l
    LEFT JOIN counts AS c ON c.whole = (l.span = 'TOTAL')::integer AND c.district IS NOT DISTINCT FROM l.district
    LEFT JOIN workers AS w ON w.whole = (l.span = 'TOTAL')::integer AND w.district IS NOT DISTINCT FROM l.district
    LEFT JOIN said AS s ON s.organization = l.reporter
    ORDER BY l.place, l.code, l.pinyin, l.district
) AS x
