WITH counts AS (
    SELECT grouping(p.district) AS all_districts, p.district,
        count(*) FILTER (WHERE p.kind = 'INSTITUTION') AS institutions,
        count(*) FILTER (WHERE p.kind = 'SOCIETY') AS societies,
        count(*) FILTER (WHERE p.kind = 'ASSOCIATION' AND p.base = 'ENTERPRISE') AS enterprise_associations,
        count(*) FILTER (WHERE p.kind = 'ASSOCIATION' AND p.base = 'PARK') AS park_associations,
        count(*) FILTER (WHERE p.kind = 'ASSOCIATION' AND p.base = 'UNIVERSITY') AS university_associations,
        count(*) FILTER (WHERE p.kind = 'ASSOCIATION' AND p.base = 'INSTITUTE') AS institute_associations,
        count(*) FILTER (WHERE p.kind = 'ASSOCIATION' AND p.tier = 'TOWNSHIP') AS township_associations,
        count(*) FILTER (WHERE p.kind = 'RURAL_ASSOCIATION') AS rural_technical_associations
    FROM placed AS p
    WHERE p.status <> 'PLANNED'
    GROUP BY GROUPING SETS ((p.district), ())
),
-- Whoever works for an association, its departments or its institutions, each person once.
staff AS (
    SELECT grouping(p.district) AS all_districts, p.district, count(DISTINCT coalesce(a.canonical, e.person)) AS staff
    FROM placed AS p
    JOIN {employment} AS e ON e.employer IS NOT NULL AND e.employer = p.id AND (e.valid @> {as_of}) IS TRUE
    LEFT JOIN {person_alias} AS a ON a.alias = e.person
    WHERE p.kind IN ('DEPARTMENT', 'INSTITUTION') OR p.kind = 'ASSOCIATION' AND p.base IS NULL
    GROUP BY GROUPING SETS ((p.district), ())
),
reported AS (
    SELECT f.organization,
        max(f.value) FILTER (WHERE f.indicator = 'INSTITUTIONS') AS institutions,
        max(f.value) FILTER (WHERE f.indicator = 'STAFF') AS staff,
        max(f.value) FILTER (WHERE f.indicator = 'SOCIETIES') AS societies,
        max(f.value) FILTER (WHERE f.indicator = 'ENTERPRISE_ASSOCIATIONS') AS enterprise_associations,
        max(f.value) FILTER (WHERE f.indicator = 'PARK_ASSOCIATIONS') AS park_associations,
        max(f.value) FILTER (WHERE f.indicator = 'UNIVERSITY_ASSOCIATIONS') AS university_associations,
        max(f.value) FILTER (WHERE f.indicator = 'INSTITUTE_ASSOCIATIONS') AS institute_associations,
        max(f.value) FILTER (WHERE f.indicator = 'TOWNSHIP_ASSOCIATIONS') AS township_associations,
        max(f.value) FILTER (WHERE f.indicator = 'RURAL_TECHNICAL_ASSOCIATIONS') AS rural_technical_associations,
        min(f.period_end) AS oldest, max(f.period_end) AS newest
    FROM figures AS f
    GROUP BY f.organization
)
SELECT s.span, s.district, s.name, s.code,
    coalesce(c.institutions, 0) AS institutions, r.institutions AS institutions_reported,
    coalesce(w.staff, 0) AS staff, r.staff AS staff_reported,
    coalesce(c.societies, 0) AS societies, r.societies AS societies_reported,
    coalesce(c.enterprise_associations, 0) AS enterprise_associations,
    r.enterprise_associations AS enterprise_associations_reported,
    coalesce(c.park_associations, 0) AS park_associations,
    r.park_associations AS park_associations_reported,
    coalesce(c.university_associations, 0) AS university_associations,
    r.university_associations AS university_associations_reported,
    coalesce(c.institute_associations, 0) AS institute_associations,
    r.institute_associations AS institute_associations_reported,
    coalesce(c.township_associations, 0) AS township_associations,
    r.township_associations AS township_associations_reported,
    coalesce(c.rural_technical_associations, 0) AS rural_technical_associations,
    r.rural_technical_associations AS rural_technical_associations_reported,
    r.oldest AS reported_from, r.newest AS reported_until
FROM spans AS s
LEFT JOIN counts AS c
    ON c.all_districts = (s.span = 'TOTAL')::integer AND c.district IS NOT DISTINCT FROM s.district
LEFT JOIN staff AS w
    ON w.all_districts = (s.span = 'TOTAL')::integer AND w.district IS NOT DISTINCT FROM s.district
LEFT JOIN reported AS r ON r.organization = s.reporter
ORDER BY s.place, s.code, s.pinyin, s.district
