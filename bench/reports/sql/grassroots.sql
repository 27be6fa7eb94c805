WITH RECURSIVE alive AS MATERIALIZED (
    SELECT id, name, short_name, code, pinyin, kind, status, tier, base, formation, founded
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
), found AS (
    SELECT t.district, a.status, a.formation,
        CASE WHEN a.kind = 'RURAL_ASSOCIATION' THEN 'RURAL_TECHNICAL' WHEN a.tier = 'TOWNSHIP' THEN 'TOWNSHIP' ELSE a.base END
            AS sort,
        a.founded <> 'DAY' AND $1::date < (SELECT min(lower(b.valid)) FROM organization AS b WHERE b.id = a.id)
            + CASE a.founded WHEN 'YEAR' THEN interval '1 year' ELSE interval '1 month' END AS uncertain
    FROM (SELECT id, min(district::text)::uuid AS district FROM tree GROUP BY id) AS t
    JOIN alive AS a ON a.id = t.id
    WHERE a.kind = 'RURAL_ASSOCIATION' OR a.kind = 'ASSOCIATION' AND (a.tier = 'TOWNSHIP' OR a.base IS NOT NULL)
), counts AS (
    SELECT grouping(district) AS whole, district, sort, count(*) FILTER (WHERE status <> 'PLANNED') AS counted,
        count(*) FILTER (WHERE status <> 'PLANNED' AND formation = 'STANDALONE') AS a,
        count(*) FILTER (WHERE status <> 'PLANNED' AND formation = 'REGIONAL_JOINT') AS b,
        count(*) FILTER (WHERE status <> 'PLANNED' AND formation = 'SECTOR_WIDE') AS c,
        count(*) FILTER (WHERE status <> 'PLANNED' AND formation = 'HOST_BASED') AS d,
        count(*) FILTER (WHERE status <> 'PLANNED' AND formation = 'OTHER') AS e,
        count(*) FILTER (WHERE status <> 'PLANNED' AND formation IS NULL) AS f,
        count(*) FILTER (WHERE status = 'SUSPENDED') AS g, count(*) FILTER (WHERE status = 'PLANNED') AS h,
        count(*) FILTER (WHERE uncertain) AS i
    FROM found
    GROUP BY GROUPING SETS ((district, sort), (sort))
), lines AS (
    SELECT 1 AS place, 'DISTRICT' AS span, id AS district, id AS reporter, coalesce(short_name, name) AS name, code, pinyin
    FROM alive WHERE kind = 'ASSOCIATION' AND tier = 'DISTRICT'
  UNION ALL SELECT 2, 'DIRECT', NULL, NULL, '直属', NULL, NULL
  UNION ALL
    SELECT 3, 'TOTAL', NULL, id, '合计', NULL, NULL FROM alive WHERE kind = 'ASSOCIATION' AND tier = 'MUNICIPAL'
), newest AS (
    SELECT DISTINCT ON (organization, indicator) organization, indicator, value, period_start, period_end, source
    FROM figure WHERE valid @> $1::date AND NOT withdrawn
    ORDER BY organization, indicator, period_end DESC, period_start DESC, id
)
SELECT json_agg(row_to_json(x)) FROM (
    SELECT l.span, l.name, k.sort, coalesce(c.counted, 0) AS counted, coalesce(c.a, 0) AS standalone,
        coalesce(c.b, 0) AS "regionalJoint", coalesce(c.c, 0) AS "sectorWide", coalesce(c.d, 0) AS "hostBased",
        coalesce(c.e, 0) AS other, coalesce(c.f, 0) AS unstated, coalesce(c.g, 0) AS suspended, coalesce(c.h, 0) AS planned,
        coalesce(c.i, 0) AS uncertain, n.value AS reported, n.period_start AS "periodStart", n.period_end AS "periodEnd",
        n.source
    FROM lines AS l
    CROSS JOIN (VALUES (1, 'PARK', 'PARK_ASSOCIATIONS'), (2, 'ENTERPRISE', 'ENTERPRISE_ASSOCIATIONS'),
        (3, 'UNIVERSITY', 'UNIVERSITY_ASSOCIATIONS'), (4, 'INSTITUTE', 'INSTITUTE_ASSOCIATIONS'),
        (5, 'RURAL', 'RURAL_ASSOCIATIONS'), (6, 'TOWNSHIP', 'TOWNSHIP_ASSOCIATIONS'),
        (7, 'RURAL_TECHNICAL', 'RURAL_TECHNICAL_ASSOCIATIONS')) AS k (place, sort, indicator)
    LEFT JOIN counts AS c ON c.whole = (l.span = 'TOTAL')::integer AND c.sort = k.sort
        AND c.district IS NOT DISTINCT FROM l.district
    LEFT JOIN newest AS n ON n.organization = l.reporter AND n.indicator = k.indicator
    ORDER BY l.place, l.code, l.pinyin, l.district, k.place
) AS x
