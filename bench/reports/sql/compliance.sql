-- believed: organization, relation, post, appointment, term, person_alias, employment, person_private, person_discipline, designation, measure, measure_part, staffing, figure, affiliation
-- Written by hand for these rules and no others: holders are read once, each person's part in every rule is worked out
-- in one pass (2 counted, 1 not known, 0 not counted, null not in the population) and counted in a second one.
WITH RECURSIVE living AS MATERIALIZED (
    SELECT id, name, pinyin, kind, tier, subtype, status
    FROM organization
    WHERE valid @> $1::date AND status NOT IN ('DISSOLVED', 'REVOKED')
),
edge AS MATERIALIZED (
    SELECT r.hierarchy, r.superior, r.subordinate, u.kind AS superior_kind, u.subtype AS superior_subtype,
        u.status AS superior_status, l.kind, l.subtype
    FROM relation AS r
    JOIN living AS u ON u.id = r.superior
    JOIN living AS l ON l.id = r.subordinate
    WHERE r.valid @> $1::date AND r.hierarchy IN ('PART_OF', 'SUPERVISES', 'COVERS')
),
subject AS MATERIALIZED (
    SELECT id, status,
        CASE kind
            WHEN 'ASSOCIATION' THEN tier WHEN 'SOCIETY' THEN 'SOCIETY' WHEN 'EXTERNAL' THEN 'COMMITTEE' ELSE 'BRANCH'
        END AS sort
    FROM living
    WHERE kind = 'ASSOCIATION' AND (tier = 'MUNICIPAL' OR tier = 'DISTRICT' AND status = 'ACTIVE')
        OR kind = 'SOCIETY' AND status = 'ACTIVE' AND id IN (
            SELECT subordinate FROM edge WHERE hierarchy = 'SUPERVISES' AND superior_kind = 'ASSOCIATION')
        OR kind = 'PARTY_ORGANIZATION' AND subtype = '党支部' AND status = 'ACTIVE'
        OR kind = 'EXTERNAL' AND subtype = '党委'
),
reach AS MATERIALIZED (
    SELECT s.id AS subject, s.id AS organization, s.sort, true AS own, NULL::text AS body
    FROM subject AS s
    WHERE s.sort IN ('MUNICIPAL', 'DISTRICT', 'SOCIETY')
  UNION ALL
    SELECT s.id, e.subordinate, s.sort, false, e.subtype
    FROM subject AS s
    JOIN edge AS e ON e.superior = s.id AND e.hierarchy = 'PART_OF' AND e.kind = 'BODY'
    WHERE s.sort IN ('MUNICIPAL', 'SOCIETY')
),
seat AS MATERIALIZED (
    SELECT r.subject, r.sort, r.own, r.body, coalesce(x.canonical, a.person) AS person, p.organization, p.title, a.mode,
        t.number
    FROM post AS p
    JOIN reach AS r ON r.organization = p.organization
    JOIN appointment AS a ON a.post = p.id AND NOT a.ended AND a.valid @> $1::date
    LEFT JOIN person_alias AS x ON x.alias = a.person
    LEFT JOIN term AS t ON t.id = a.term AND t.valid @> $1::date
        AND p.title IN ('PRESIDENT', 'VICE_PRESIDENT', 'SECRETARY_GENERAL')
    WHERE p.valid @> $1::date
),
served AS (
    SELECT person, organization, title, number,
        row_number() OVER (PARTITION BY person, organization, title, run ORDER BY number) AS served
    FROM (
        SELECT n.*, n.number - row_number() OVER (PARTITION BY person, organization, title ORDER BY number) AS run
        FROM (
            SELECT DISTINCT coalesce(x.canonical, a.person) AS person, p.organization, p.title, t.number
            FROM post AS p
            JOIN appointment AS a ON a.post = p.id AND a.valid @> $1::date
            JOIN term AS t ON t.id = a.term AND t.valid @> $1::date
            LEFT JOIN person_alias AS x ON x.alias = a.person
            WHERE p.valid @> $1::date AND p.title IN ('PRESIDENT', 'VICE_PRESIDENT', 'SECRETARY_GENERAL')
        ) AS n
    ) AS r
),
work AS (
    SELECT coalesce(x.canonical, e.person) AS person, e.sector, e.leading_
    FROM employment AS e
    LEFT JOIN person_alias AS x ON x.alias = e.person
    WHERE e.primary_ AND e.valid @> $1::date
),
known AS (
    SELECT s.*, w.sector, w.leading_,
        w.sector IN ('ENTERPRISE', 'UNIVERSITY', 'INSTITUTE', 'RURAL') AND NOT w.leading_ AS front,
        NOT w.leading_ AND w.sector IN (
            'ENTERPRISE', 'UNIVERSITY', 'INSTITUTE', 'RURAL', 'SCHOOL', 'HOSPITAL', 'NEW_ECONOMIC', 'NEW_SOCIAL',
            'NEW_RESEARCH', 'STRATEGIC_INDUSTRY') AS society_front,
        g.oldest, g.youngest, u.served,
        CASE WHEN s.title = 'VICE_CHAIR' THEN EXISTS (
            SELECT FROM person_discipline AS d
            WHERE d.valid @> $1::date AND (
                d.person = s.person OR d.person IN (SELECT x.alias FROM person_alias AS x WHERE x.canonical = s.person))
        ) END AS disciplined
    FROM seat AS s
    LEFT JOIN work AS w ON w.person = s.person
    LEFT JOIN person_private AS v ON v.person = s.person AND v.valid @> $1::date
        AND s.title IN ('DELEGATE', 'PRESIDENT', 'VICE_PRESIDENT', 'SECRETARY_GENERAL')
    LEFT JOIN served AS u ON u.person = s.person AND u.organization = s.organization AND u.title = s.title
        AND u.number = s.number
    CROSS JOIN LATERAL (
        SELECT (to_char($1::date, 'YYYYMMDD')::integer - to_char(v.birth_date, 'YYYYMMDD')::integer) / 10000 AS oldest,
            (to_char($1::date, 'YYYYMMDD')::integer - to_char(
                CASE v.birth_precision
                    WHEN 'DAY' THEN v.birth_date
                    WHEN 'MONTH' THEN (date_trunc('month', v.birth_date) + interval '1 month - 1 day')::date
                    ELSE (date_trunc('year', v.birth_date) + interval '1 year - 1 day')::date
                END, 'YYYYMMDD')::integer) / 10000 AS youngest
    ) AS g
),
person AS (
    SELECT subject, person,
        max(CASE WHEN front THEN 2 WHEN (front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'DELEGATE' AND body = '代表大会') AS r01,
        max(CASE WHEN oldest <= 45 THEN 2 WHEN youngest > 45 THEN 0 ELSE 1 END)
            FILTER (WHERE title = 'DELEGATE' AND body = '代表大会') AS r02,
        max(CASE WHEN front THEN 2 WHEN (front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'MEMBER' AND body = '全委会') AS r03,
        max(CASE WHEN front THEN 2 WHEN (front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'STANDING_MEMBER' AND body = '常委会') AS r04,
        max(CASE WHEN mode = 'PART_TIME' THEN 2 WHEN (mode = 'PART_TIME') IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'VICE_CHAIR') AS r05,
        max(CASE WHEN society_front THEN 2 WHEN (society_front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'DIRECTOR' AND body = '理事会') AS r06,
        max(CASE WHEN society_front THEN 2 WHEN (society_front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'STANDING_DIRECTOR' AND body = '常务理事会') AS r07,
        max(CASE WHEN society_front AND disciplined THEN 2 WHEN (society_front AND disciplined) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'VICE_CHAIR') AS q1,
        max(CASE WHEN society_front THEN 2 WHEN (society_front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE own AND title = 'VICE_CHAIR' AND mode = 'PART_TIME') AS q2,
        max(CASE WHEN society_front THEN 2 WHEN (society_front) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'DELEGATE') AS q3,
        max(CASE WHEN oldest <= 45 THEN 2 WHEN youngest > 45 THEN 0 ELSE 1 END)
            FILTER (WHERE own AND title IN ('PRESIDENT', 'VICE_PRESIDENT', 'SECRETARY_GENERAL')) AS q4,
        max(CASE WHEN leading_ THEN 2 WHEN (leading_) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'DELEGATE' AND body = '代表大会') AS q5,
        max(CASE WHEN sector IN ('NEW_ECONOMIC', 'NEW_SOCIAL', 'NEW_RESEARCH', 'STRATEGIC_INDUSTRY') THEN 2 WHEN (sector IN ('NEW_ECONOMIC', 'NEW_SOCIAL', 'NEW_RESEARCH', 'STRATEGIC_INDUSTRY')) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'DELEGATE' AND body = '代表大会') AS q6,
        max(CASE WHEN oldest <= 70 THEN 2 WHEN youngest > 70 THEN 0 ELSE 1 END)
            FILTER (WHERE own AND title IN ('PRESIDENT', 'VICE_PRESIDENT', 'SECRETARY_GENERAL')) AS c1,
        max(CASE WHEN served <= 2 THEN 2 WHEN (served <= 2) IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE own AND title IN ('PRESIDENT', 'VICE_PRESIDENT', 'SECRETARY_GENERAL')) AS c2,
        max(2) FILTER (WHERE title = 'STANDING_DIRECTOR') AS standing,
        max(2) FILTER (WHERE title = 'DIRECTOR') AS director
    FROM known
    GROUP BY subject, person
),
holders AS (
    SELECT subject,
        ARRAY[count(*) FILTER (WHERE r01 = 2), count(r01), count(*) FILTER (WHERE r01 = 1)] AS r01,
        ARRAY[count(*) FILTER (WHERE r02 = 2), count(r02), count(*) FILTER (WHERE r02 = 1)] AS r02,
        ARRAY[count(*) FILTER (WHERE r03 = 2), count(r03), count(*) FILTER (WHERE r03 = 1)] AS r03,
        ARRAY[count(*) FILTER (WHERE r04 = 2), count(r04), count(*) FILTER (WHERE r04 = 1)] AS r04,
        ARRAY[count(*) FILTER (WHERE r05 = 2), count(r05), count(*) FILTER (WHERE r05 = 1)] AS r05,
        ARRAY[count(*) FILTER (WHERE r06 = 2), count(r06), count(*) FILTER (WHERE r06 = 1)] AS r06,
        ARRAY[count(*) FILTER (WHERE r07 = 2), count(r07), count(*) FILTER (WHERE r07 = 1)] AS r07,
        ARRAY[count(*) FILTER (WHERE q1 = 2), count(q1), count(*) FILTER (WHERE q1 = 1)] AS q1,
        ARRAY[count(*) FILTER (WHERE q2 = 2), count(q2), count(*) FILTER (WHERE q2 = 1)] AS q2,
        ARRAY[count(*) FILTER (WHERE q3 = 2), count(q3), count(*) FILTER (WHERE q3 = 1)] AS q3,
        ARRAY[count(*) FILTER (WHERE q4 = 2), count(q4), count(*) FILTER (WHERE q4 = 1)] AS q4,
        ARRAY[count(*) FILTER (WHERE q5 = 2), count(q5), count(*) FILTER (WHERE q5 = 1)] AS q5,
        ARRAY[count(*) FILTER (WHERE q6 = 2), count(q6), count(*) FILTER (WHERE q6 = 1)] AS q6,
        ARRAY[count(*) FILTER (WHERE c1 = 2), count(c1), count(*) FILTER (WHERE c1 = 1)] AS c1,
        ARRAY[count(*) FILTER (WHERE c2 = 2), count(c2), count(*) FILTER (WHERE c2 = 1)] AS c2,
        ARRAY[count(standing), count(standing), 0] AS c3, count(director) AS directors
    FROM person
    GROUP BY subject
),
covering AS (
    SELECT subordinate AS id, bool_or(superior_subtype IS DISTINCT FROM '党建指导员') AS organizational
    FROM edge
    WHERE hierarchy = 'COVERS' AND superior_status = 'ACTIVE'
    GROUP BY subordinate
),
instructed AS (
    SELECT p.organization
    FROM post AS p
    WHERE p.title = 'INSTRUCTOR' AND NOT p.abolished AND p.valid @> $1::date
        AND EXISTS (SELECT FROM appointment AS a WHERE a.post = p.id AND NOT a.ended AND a.valid @> $1::date)
),
supervised AS (
    SELECT e.superior AS subject,
        ARRAY[count(*) FILTER (WHERE c.organizational), count(*), 0] AS r08a,
        ARRAY[count(*) FILTER (WHERE c.id IS NOT NULL OR e.subordinate IN (SELECT organization FROM instructed)),
            count(*), 0] AS r08b
    FROM edge AS e
    JOIN subject AS s ON s.id = e.subordinate AND s.sort = 'SOCIETY'
    LEFT JOIN covering AS c ON c.id = e.subordinate
    WHERE e.hierarchy = 'SUPERVISES'
    GROUP BY e.superior
),
parts AS (
    SELECT e.superior AS subject,
        bool_or(e.kind = 'BODY' AND e.subtype = '理事会') AND bool_or(e.kind = 'BODY' AND e.subtype = '秘书处')
            AND bool_or(e.kind = 'BODY' AND e.subtype = '监事会') AS complete,
        bool_or(e.kind = 'PARTY_ORGANIZATION' AND e.subtype = '党组') AS party_group,
        ARRAY[count(*) FILTER (WHERE e.kind = 'INSTITUTION' AND f.established > 0),
            count(*) FILTER (WHERE e.kind = 'INSTITUTION'),
            count(*) FILTER (WHERE e.kind = 'INSTITUTION' AND f.established IS NULL)] AS q7
    FROM edge AS e
    JOIN subject AS s ON s.id = e.superior
    LEFT JOIN staffing AS f ON f.organization = e.subordinate AND e.kind = 'INSTITUTION' AND f.valid @> $1::date
    WHERE e.hierarchy = 'PART_OF'
    GROUP BY e.superior
),
granted AS (
    SELECT organization, array_agg(name) AS names
    FROM designation
    WHERE valid @> $1::date AND name IN ('独立建制', '制定改革方案', '符合设立党组条件')
    GROUP BY organization
),
led AS (
    SELECT p.organization, bool_or(p.name = '分管领导') AND bool_or(p.name = '联系领导') AS complete
    FROM post AS p
    WHERE p.name IN ('分管领导', '联系领导') AND NOT p.abolished AND p.valid @> $1::date
        AND EXISTS (SELECT FROM appointment AS a WHERE a.post = p.id AND NOT a.ended AND a.valid @> $1::date)
    GROUP BY p.organization
),
below (root, id) AS (
    SELECT id, id FROM subject WHERE sort = 'MUNICIPAL'
  UNION
    SELECT b.root, e.subordinate FROM below AS b JOIN edge AS e ON e.superior = b.id AND e.hierarchy = 'PART_OF'
),
plan AS (
    SELECT m.id, m.deadline IS NOT NULL AS dated,
        (array_agg(p.assignee) FILTER (WHERE p.role = 'LED_BY'))[1] AS lead,
        coalesce(bool_or(p.role = 'RESPONSIBLE'), false) AS responsible
    FROM measure AS m
    LEFT JOIN measure_part AS p ON p.measure = m.id AND p.valid @> $1::date
    WHERE m.valid @> $1::date AND m.stage <> 'CANCELLED'
    GROUP BY m.id, m.deadline
),
measured AS (
    SELECT s.id AS subject, ARRAY[count(*) FILTER (WHERE p.lead IS NOT NULL AND p.responsible AND p.dated), count(*), 0]
        AS r10
    FROM subject AS s
    JOIN plan AS p ON p.lead IS NULL OR EXISTS (SELECT FROM below AS b WHERE b.root = s.id AND b.id = p.lead)
    WHERE s.sort = 'MUNICIPAL'
    GROUP BY s.id
),
studied AS (
    SELECT organization AS subject, coalesce(
        sum(value) FILTER (WHERE period_start = y.first AND period_end = y.last), sum(value)) AS value
    FROM figure
    CROSS JOIN (
        SELECT (date_trunc('year', $1::date) - interval '1 year')::date AS first,
            (date_trunc('year', $1::date) - interval '1 day')::date AS last
    ) AS y
    WHERE indicator = 'PARTY_COMMITTEE_STUDIES' AND NOT withdrawn AND valid @> $1::date
        AND period_start >= y.first AND period_end <= y.last
    GROUP BY organization
),
formal AS (
    SELECT f.branch AS subject, count(DISTINCT coalesce(x.canonical, f.person)) AS members
    FROM affiliation AS f
    LEFT JOIN person_alias AS x ON x.alias = f.person
    WHERE f.stage = 'FORMAL' AND f.end_reason IS NULL AND f.valid @> $1::date
    GROUP BY f.branch
),
counted AS (
    SELECT s.id, v.code, v.form, v.counts, v.numerator, v.denominator, v.against
    FROM subject AS s
    LEFT JOIN holders AS h ON h.subject = s.id
    LEFT JOIN supervised AS c ON c.subject = s.id
    LEFT JOIN measured AS d ON d.subject = s.id
    LEFT JOIN studied AS y ON y.subject = s.id
    LEFT JOIN parts AS p ON p.subject = s.id
    LEFT JOIN formal AS f ON f.subject = s.id
    LEFT JOIN granted AS g ON g.organization = s.id
    LEFT JOIN led AS l ON l.organization = s.id
    CROSS JOIN LATERAL (
        VALUES
            ('MUNICIPAL', 'R-01', 'SHARE', h.r01, 7, 10, NULL::bigint),
            ('MUNICIPAL', 'R-02', 'SHARE', h.r02, 1, 3, NULL),
            ('MUNICIPAL', 'R-03', 'SHARE', h.r03, 7, 10, NULL),
            ('MUNICIPAL', 'R-04', 'SHARE', h.r04, 7, 10, NULL),
            ('MUNICIPAL', 'R-05', 'SHARE', h.r05, 3, 4, NULL),
            ('SOCIETY', 'R-06', 'SHARE', h.r06, 3, 4, NULL),
            ('SOCIETY', 'R-07', 'SHARE', h.r07, 2, 3, NULL),
            ('MUNICIPAL', 'R-08a', 'SHARE', c.r08a, 1, 1, NULL),
            ('MUNICIPAL', 'R-08b', 'SHARE', c.r08b, 1, 1, NULL),
            ('SOCIETY', 'R-09', 'SHARE', ARRAY[coalesce(p.complete, false)::integer, 1, 0], 1, 1, NULL),
            ('MUNICIPAL', 'R-10', 'SHARE', d.r10, 1, 1, NULL),
            ('DISTRICT', 'R-11', 'SHARE', ARRAY[(
                coalesce(g.names @> ARRAY['独立建制', '制定改革方案'], false)
                AND (coalesce(p.party_group, false) OR NOT coalesce('符合设立党组条件' = ANY (g.names), false))
            )::integer, 1, 0], 1, 1, NULL),
            ('MUNICIPAL', 'R-12', 'ACTIVE', ARRAY[coalesce(l.complete, false)::integer, 1, 0], 1, 1, NULL),
            ('DISTRICT', 'R-12', 'SHARE', ARRAY[coalesce(l.complete, false)::integer, 1, 0], 1, 1, NULL),
            ('COMMITTEE', 'R-13', 'REPORTED',
                ARRAY[coalesce(y.value, 0), coalesce(y.value, 1), (y.value IS NULL)::integer], 1, 1, NULL),
            ('MUNICIPAL', 'R-Q1', 'TREND', h.q1, NULL, NULL, NULL),
            ('DISTRICT', 'R-Q2', 'TREND', h.q2, NULL, NULL, NULL),
            ('SOCIETY', 'R-Q3', 'TREND', h.q3, NULL, NULL, NULL),
            ('SOCIETY', 'R-Q4', 'TREND', h.q4, NULL, NULL, NULL),
            ('MUNICIPAL', 'R-Q5', 'TREND', h.q5, NULL, NULL, NULL),
            ('MUNICIPAL', 'R-Q6', 'TREND', h.q6, NULL, NULL, NULL),
            ('MUNICIPAL', 'R-Q7', 'TREND', p.q7, NULL, NULL, NULL),
            ('SOCIETY', 'C-01', 'SHARE', h.c1, 1, 1, NULL),
            ('SOCIETY', 'C-02', 'SHARE', h.c2, 1, 1, NULL),
            ('SOCIETY', 'C-03', 'COMPARISON', h.c3, 1, 3, coalesce(h.directors, 0)),
            ('BRANCH', 'C-04', 'SHARE', ARRAY[(coalesce(f.members, 0) >= 3)::integer, 1, 0], 1, 1, NULL)
    ) AS v (sort, code, form, counts, numerator, denominator, against)
    WHERE v.sort = s.sort AND (v.form <> 'ACTIVE' OR s.status = 'ACTIVE')
),
tallied AS (
    SELECT code, form, id, numerator, denominator, against, coalesce(counts[1], 0) AS counted,
        coalesce(counts[2], 0) AS population, coalesce(counts[3], 0) AS unknown
    FROM counted
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT c.code AS rule, c.id AS subject, l.name,
        CASE
            WHEN form = 'TREND' THEN 'QUALITATIVE'
            WHEN form = 'COMPARISON' THEN
                CASE
                    WHEN against = 0 THEN 'NOT_APPLICABLE'
                    WHEN counted * denominator <= against * numerator THEN 'MET'
                    ELSE 'UNMET'
                END
            WHEN form = 'REPORTED' AND unknown > 0 THEN 'UNDETERMINED'
            WHEN form IN ('COUNT', 'REPORTED') THEN
                CASE
                    WHEN counted >= numerator THEN 'MET'
                    WHEN counted + unknown < numerator THEN 'UNMET'
                    ELSE 'UNDETERMINED'
                END
            WHEN population = 0 THEN 'NOT_APPLICABLE'
            WHEN counted * denominator >= population * numerator THEN 'MET'
            WHEN (counted + unknown) * denominator < population * numerator THEN 'UNMET'
            ELSE 'UNDETERMINED'
        END AS outcome,
        CASE
            WHEN form = 'COUNT' OR form = 'REPORTED' AND unknown = 0 THEN counted::text
            WHEN form = 'REPORTED' THEN NULL
            WHEN form = 'COMPARISON' THEN CASE WHEN against > 0 THEN concat(counted, '/', against) END
            WHEN population > 0 THEN concat(counted, '/', population)
        END AS share,
        population, counted, population - counted - unknown AS "notCounted", unknown, against
    FROM tallied AS c
    JOIN living AS l ON l.id = c.id
    ORDER BY c.code, l.pinyin, c.id
) AS t
