-- believed: organization, relation, figure
-- Written by hand: as districts.sql goes down from the root; one pass counts by district and sort.
WITH RECURSIVE living AS MATERIALIZED (
    SELECT id, name, pinyin, short_name, code, kind, status, tier, base, formation, founded
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
    SELECT grouping(f.district) AS everywhere, f.district, f.sort,
        count(*) FILTER (WHERE f.settled) AS counted,
        count(*) FILTER (WHERE f.settled AND f.formation = 'STANDALONE') AS standalone,
        count(*) FILTER (WHERE f.settled AND f.formation = 'REGIONAL_JOINT') AS regional_joint,
        count(*) FILTER (WHERE f.settled AND f.formation = 'SECTOR_WIDE') AS sector_wide,
        count(*) FILTER (WHERE f.settled AND f.formation = 'HOST_BASED') AS host_based,
        count(*) FILTER (WHERE f.settled AND f.formation = 'OTHER') AS other,
        count(*) FILTER (WHERE f.settled AND f.formation IS NULL) AS unstated,
        count(*) FILTER (WHERE f.status = 'SUSPENDED') AS suspended,
        count(*) FILTER (WHERE NOT f.settled) AS planned,
        count(*) FILTER (
            WHERE f.founded <> 'DAY' AND $1::date < (SELECT min(lower(o.valid)) FROM organization AS o WHERE o.id = f.id)
                + CASE f.founded WHEN 'YEAR' THEN interval '1 year' ELSE interval '1 month' END
        ) AS uncertain
    FROM (
        SELECT p.*, p.status <> 'PLANNED' AS settled,
            CASE
                WHEN p.kind = 'RURAL_ASSOCIATION' THEN 'RURAL_TECHNICAL'
                WHEN p.tier = 'TOWNSHIP' THEN 'TOWNSHIP'
                ELSE p.base
            END AS sort
        FROM placed AS p
        WHERE p.kind = 'RURAL_ASSOCIATION' OR p.kind = 'ASSOCIATION' AND (p.tier = 'TOWNSHIP' OR p.base IS NOT NULL)
    ) AS f
    GROUP BY GROUPING SETS ((f.district, f.sort), (f.sort))
),
sorts (place, sort, indicator) AS (
    VALUES
        (1, 'PARK', 'PARK_ASSOCIATIONS'),
        (2, 'ENTERPRISE', 'ENTERPRISE_ASSOCIATIONS'),
        (3, 'UNIVERSITY', 'UNIVERSITY_ASSOCIATIONS'),
        (4, 'INSTITUTE', 'INSTITUTE_ASSOCIATIONS'),
        (5, 'RURAL', 'RURAL_ASSOCIATIONS'),
        (6, 'TOWNSHIP', 'TOWNSHIP_ASSOCIATIONS'),
        (7, 'RURAL_TECHNICAL', 'RURAL_TECHNICAL_ASSOCIATIONS')
),
newest AS (
    SELECT DISTINCT ON (organization, indicator) organization, indicator, value, period_start, period_end, source
    FROM figure
    WHERE valid @> $1::date AND NOT withdrawn
    ORDER BY organization, indicator, period_end DESC, period_start DESC, id
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
    SELECT s.span, s.name, k.sort,
        coalesce(c.counted, 0) AS counted, coalesce(c.standalone, 0) AS standalone,
        coalesce(c.regional_joint, 0) AS "regionalJoint", coalesce(c.sector_wide, 0) AS "sectorWide",
        coalesce(c.host_based, 0) AS "hostBased", coalesce(c.other, 0) AS other,
        coalesce(c.unstated, 0) AS unstated, coalesce(c.suspended, 0) AS suspended,
        coalesce(c.planned, 0) AS planned, coalesce(c.uncertain, 0) AS uncertain,
        f.value AS reported, f.period_start AS "periodStart", f.period_end AS "periodEnd", f.source
    FROM shown AS s
    CROSS JOIN sorts AS k
    LEFT JOIN counts AS c ON c.everywhere = (s.span = 'TOTAL')::integer
        AND c.sort = k.sort AND c.district IS NOT DISTINCT FROM s.district
    LEFT JOIN newest AS f ON f.organization = s.reporter AND f.indicator = k.indicator
    ORDER BY s.place, s.code, s.pinyin, s.district, k.place
) AS t
