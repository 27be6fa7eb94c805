WITH sorts (place, sort, indicator) AS (
    VALUES
        (1, 'PARK', 'PARK_ASSOCIATIONS'),
        (2, 'ENTERPRISE', 'ENTERPRISE_ASSOCIATIONS'),
        (3, 'UNIVERSITY', 'UNIVERSITY_ASSOCIATIONS'),
        (4, 'INSTITUTE', 'INSTITUTE_ASSOCIATIONS'),
        (5, 'RURAL', 'RURAL_ASSOCIATIONS'),
        (6, 'TOWNSHIP', 'TOWNSHIP_ASSOCIATIONS'),
        (7, 'RURAL_TECHNICAL', 'RURAL_TECHNICAL_ASSOCIATIONS')
),
found AS (
    SELECT t.district, t.status, t.formation, {uncertain} AS uncertain,
        CASE
            WHEN t.kind = 'RURAL_ASSOCIATION' THEN 'RURAL_TECHNICAL'
            WHEN t.tier = 'TOWNSHIP' THEN 'TOWNSHIP'
            ELSE t.base
        END AS sort
    FROM placed AS t
    WHERE t.kind = 'RURAL_ASSOCIATION' OR t.kind = 'ASSOCIATION' AND (t.tier = 'TOWNSHIP' OR t.base IS NOT NULL)
),
counts AS (
    SELECT grouping(f.district) AS all_districts, f.district, f.sort,
        count(*) FILTER (WHERE f.status <> 'PLANNED') AS counted,
        count(*) FILTER (WHERE f.status <> 'PLANNED' AND f.formation = 'STANDALONE') AS standalone,
        count(*) FILTER (WHERE f.status <> 'PLANNED' AND f.formation = 'REGIONAL_JOINT') AS regional_joint,
        count(*) FILTER (WHERE f.status <> 'PLANNED' AND f.formation = 'SECTOR_WIDE') AS sector_wide,
        count(*) FILTER (WHERE f.status <> 'PLANNED' AND f.formation = 'HOST_BASED') AS host_based,
        count(*) FILTER (WHERE f.status <> 'PLANNED' AND f.formation = 'OTHER') AS other,
        count(*) FILTER (WHERE f.status <> 'PLANNED' AND f.formation IS NULL) AS unstated,
        count(*) FILTER (WHERE f.status = 'SUSPENDED') AS suspended,
        count(*) FILTER (WHERE f.status = 'PLANNED') AS planned,
        count(*) FILTER (WHERE f.uncertain) AS uncertain
    FROM found AS f
    GROUP BY GROUPING SETS ((f.district, f.sort), (f.sort))
)
SELECT s.span, s.district, s.name, k.sort,
    coalesce(c.counted, 0) AS counted, coalesce(c.standalone, 0) AS standalone,
    coalesce(c.regional_joint, 0) AS regional_joint, coalesce(c.sector_wide, 0) AS sector_wide,
    coalesce(c.host_based, 0) AS host_based, coalesce(c.other, 0) AS other, coalesce(c.unstated, 0) AS unstated,
    coalesce(c.suspended, 0) AS suspended, coalesce(c.planned, 0) AS planned,
    coalesce(c.uncertain, 0) AS uncertain,
    f.value AS reported, f.period_start, f.period_end, f.source
FROM spans AS s
CROSS JOIN sorts AS k
LEFT JOIN counts AS c
    ON c.all_districts = (s.span = 'TOTAL')::integer AND c.sort = k.sort AND c.district IS NOT DISTINCT FROM s.district
LEFT JOIN figures AS f ON f.organization = s.reporter AND f.indicator = k.indicator
ORDER BY s.place, s.code, s.pinyin, s.district, k.place
