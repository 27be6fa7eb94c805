-- believed: organization, relation, post, appointment, term, person_alias, employment, person_private, membership, measure, measure_part, staffing, figure, affiliation
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
    SELECT id, CASE WHEN kind = 'ASSOCIATION' THEN tier ELSE kind END AS sort
    FROM living
    WHERE kind = 'ASSOCIATION' AND tier IN ('MUNICIPAL', 'DISTRICT')
        OR kind = 'SOCIETY' AND status = 'ACTIVE' AND id IN (
            SELECT subordinate FROM edge WHERE hierarchy = 'SUPERVISES' AND superior_kind = 'ASSOCIATION')
        OR kind = 'PARTY_ORGANIZATION' AND subtype = '党支部'
),
reach AS MATERIALIZED (
    SELECT id AS subject, id AS organization, sort, true AS own FROM subject
  UNION ALL
    SELECT s.id, e.subordinate, s.sort, false
    FROM subject AS s
    JOIN edge AS e ON e.superior = s.id AND e.hierarchy = 'PART_OF' AND e.kind = 'BODY'
),
seat AS MATERIALIZED (
    SELECT r.subject, r.sort, r.own, coalesce(x.canonical, a.person) AS person, p.organization, p.title, a.mode, t.number
    FROM post AS p
    JOIN reach AS r ON r.organization = p.organization
    JOIN appointment AS a ON a.post = p.id AND NOT a.ended AND a.valid @> $1::date
    LEFT JOIN person_alias AS x ON x.alias = a.person
    LEFT JOIN term AS t ON t.id = a.term AND t.valid @> $1::date
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
            WHERE p.valid @> $1::date AND p.title IN ('PRESIDENT', 'SECRETARY_GENERAL')
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
    SELECT s.subject, s.sort, s.own, s.person, s.title, s.mode, s.number, w.sector, w.leading_,
        w.sector IN ('ENTERPRISE', 'UNIVERSITY', 'INSTITUTE', 'RURAL') AND NOT w.leading_ AS front,
        w.sector IN ('ENTERPRISE', 'UNIVERSITY', 'INSTITUTE', 'RURAL', 'HOSPITAL') AND NOT w.leading_ AS society_front,
        g.oldest, g.youngest, u.served
    FROM seat AS s
    LEFT JOIN work AS w ON w.person = s.person
    LEFT JOIN person_private AS v ON v.person = s.person AND v.valid @> $1::date
        AND s.title IN ('DELEGATE', 'PRESIDENT', 'VICE_PRESIDENT')
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
    SELECT subject, sort, person,
        max(CASE WHEN front THEN 2 WHEN front IS NULL THEN 1 ELSE 0 END) FILTER (WHERE title = 'DELEGATE') AS r01,
        max(CASE WHEN oldest <= 45 THEN 2 WHEN youngest > 45 THEN 0 ELSE 1 END) FILTER (WHERE title = 'DELEGATE') AS r02,
        max(CASE WHEN front THEN 2 WHEN front IS NULL THEN 1 ELSE 0 END) FILTER (WHERE title = 'MEMBER') AS r03,
        max(CASE WHEN front THEN 2 WHEN front IS NULL THEN 1 ELSE 0 END) FILTER (WHERE title = 'STANDING_MEMBER') AS r04,
        max(CASE WHEN mode = 'PART_TIME' THEN 2 ELSE 0 END) FILTER (WHERE title = 'VICE_CHAIR') AS r05,
        max(CASE WHEN society_front THEN 2 WHEN society_front IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'DIRECTOR') AS r06,
        max(CASE WHEN society_front THEN 2 WHEN society_front IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'STANDING_DIRECTOR') AS r07,
        max(2) FILTER (WHERE title = 'LIAISON_LEADER' AND own) AS r12,
        max(CASE WHEN sector IN ('UNIVERSITY', 'INSTITUTE') THEN 2 WHEN sector IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title = 'VICE_CHAIR') AS q01,
        max(CASE WHEN oldest <= 50 THEN 2 WHEN youngest > 50 THEN 0 ELSE 1 END)
            FILTER (WHERE title IN ('PRESIDENT', 'VICE_PRESIDENT')) AS q03,
        max(CASE WHEN leading_ THEN 2 WHEN leading_ IS NULL THEN 1 ELSE 0 END) FILTER (WHERE title = 'DIRECTOR') AS q04,
        max(CASE WHEN oldest <= 70 THEN 2 WHEN youngest > 70 THEN 0 ELSE 1 END) FILTER (WHERE title = 'PRESIDENT') AS w01,
        max(CASE WHEN served <= 2 THEN 2 WHEN served IS NULL THEN 1 ELSE 0 END)
            FILTER (WHERE title IN ('PRESIDENT', 'SECRETARY_GENERAL')) AS w02
    FROM known
    GROUP BY subject, sort, person
),
holders AS (
    SELECT subject, sort,
        ARRAY[count(*) FILTER (WHERE r01 = 2), count(r01), count(*) FILTER (WHERE r01 = 1)] AS r01,
        ARRAY[count(*) FILTER (WHERE r02 = 2), count(r02), count(*) FILTER (WHERE r02 = 1)] AS r02,
        ARRAY[count(*) FILTER (WHERE r03 = 2), count(r03), count(*) FILTER (WHERE r03 = 1)] AS r03,
        ARRAY[count(*) FILTER (WHERE r04 = 2), count(r04), count(*) FILTER (WHERE r04 = 1)] AS r04,
        ARRAY[count(*) FILTER (WHERE r05 = 2), count(r05), 0] AS r05,
        ARRAY[count(*) FILTER (WHERE r06 = 2), count(r06), count(*) FILTER (WHERE r06 = 1)] AS r06,
        ARRAY[count(*) FILTER (WHERE r07 = 2), count(r07), count(*) FILTER (WHERE r07 = 1)] AS r07,
        ARRAY[count(r12), count(r12), 0] AS r12,
        ARRAY[count(*) FILTER (WHERE q01 = 2), count(q01), count(*) FILTER (WHERE q01 = 1)] AS q01,
        ARRAY[count(*) FILTER (WHERE q03 = 2), count(q03), count(*) FILTER (WHERE q03 = 1)] AS q03,
        ARRAY[count(*) FILTER (WHERE q04 = 2), count(q04), count(*) FILTER (WHERE q04 = 1)] AS q04,
        ARRAY[count(*) FILTER (WHERE w01 = 2), count(w01), count(*) FILTER (WHERE w01 = 1)] AS w01,
        ARRAY[count(*) FILTER (WHERE w02 = 2), count(w02), count(*) FILTER (WHERE w02 = 1)] AS w02,
        ARRAY[count(r07), count(r07), 0] AS w03, count(r06) AS directors
    FROM person
    GROUP BY subject, sort
),
members AS (
    SELECT organization AS subject,
        ARRAY[count(*) FILTER (WHERE senior), count(*), 0] AS q05
    FROM (
        SELECT m.organization, coalesce(x.canonical, m.member) AS person, bool_or(m.member_class = 'SENIOR_EXPERT') AS senior
        FROM membership AS m
        LEFT JOIN person_alias AS x ON x.alias = m.member
        WHERE m.valid @> $1::date AND m.status IN ('ADMITTED', 'SUSPENDED')
        GROUP BY m.organization, coalesce(x.canonical, m.member)
    ) AS m
    GROUP BY organization
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
    LEFT JOIN covering AS c ON c.id = e.subordinate
    WHERE e.hierarchy = 'SUPERVISES'
    GROUP BY e.superior
),
parts AS (
    SELECT superior AS subject,
        bool_or(kind = 'BODY' AND subtype = '理事会') AND bool_or(kind = 'BODY' AND subtype = '秘书处')
            AND bool_or(kind = 'BODY' AND subtype = '监事会') AS complete,
        bool_or(kind = 'PARTY_ORGANIZATION' AND subtype = '党组') AS party_group
    FROM edge
    WHERE hierarchy = 'PART_OF'
    GROUP BY superior
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
    WHERE indicator = 'SPECIAL_STUDIES' AND NOT withdrawn AND valid @> $1::date
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
one AS (
    SELECT s.id, s.sort, t.established > 0 AS established, coalesce(p.complete, false) AS complete,
        coalesce(p.party_group, false) AS party_group, coalesce(f.members, 0) >= 3 AS enough
    FROM subject AS s
    LEFT JOIN staffing AS t ON t.organization = s.id AND t.valid @> $1::date
    LEFT JOIN parts AS p ON p.subject = s.id
    LEFT JOIN formal AS f ON f.subject = s.id
),
counted AS (
    SELECT s.sort, s.id, v.code, v.form, v.counts, v.numerator, v.denominator, v.against
    FROM subject AS s
    LEFT JOIN holders AS h ON h.subject = s.id
    LEFT JOIN members AS m ON m.subject = s.id
    LEFT JOIN supervised AS c ON c.subject = s.id
    LEFT JOIN measured AS d ON d.subject = s.id
    LEFT JOIN studied AS y ON y.subject = s.id
    JOIN one AS o ON o.id = s.id
    CROSS JOIN LATERAL (
        VALUES
            ('MUNICIPAL', 'R-01', 'SHARE', h.r01, 7, 10, NULL::bigint), ('MUNICIPAL', 'R-02', 'SHARE', h.r02, 1, 3, NULL),
            ('MUNICIPAL', 'R-03', 'SHARE', h.r03, 7, 10, NULL), ('MUNICIPAL', 'R-04', 'SHARE', h.r04, 7, 10, NULL),
            ('MUNICIPAL', 'R-05', 'SHARE', h.r05, 3, 4, NULL), ('SOCIETY', 'R-06', 'SHARE', h.r06, 3, 4, NULL),
            ('SOCIETY', 'R-07', 'SHARE', h.r07, 2, 3, NULL), ('MUNICIPAL', 'R-08a', 'SHARE', c.r08a, 1, 1, NULL),
            ('MUNICIPAL', 'R-08b', 'SHARE', c.r08b, 1, 1, NULL),
            ('SOCIETY', 'R-09', 'SHARE', ARRAY[o.complete::integer, 1, 0], 1, 1, NULL),
            ('MUNICIPAL', 'R-10', 'SHARE', d.r10, 1, 1, NULL),
            ('DISTRICT', 'R-11a', 'SHARE',
                ARRAY[coalesce(o.established, false)::integer, 1, (o.established IS NULL)::integer], 1, 1, NULL),
            ('DISTRICT', 'R-11b', 'SHARE', ARRAY[o.party_group::integer, 1, 0], 1, 1, NULL),
            ('MUNICIPAL', 'R-12', 'COUNT', h.r12, 2, 1, NULL), ('DISTRICT', 'R-12', 'COUNT', h.r12, 2, 1, NULL),
            ('DISTRICT', 'R-13', 'REPORTED',
                ARRAY[coalesce(y.value, 0), coalesce(y.value, 1), (y.value IS NULL)::integer], 1, 1, NULL),
            ('MUNICIPAL', 'Q-01', 'TREND', h.q01, NULL, NULL, NULL), ('SOCIETY', 'Q-02', 'TREND', h.r06, NULL, NULL, NULL),
            ('SOCIETY', 'Q-03', 'TREND', h.q03, NULL, NULL, NULL), ('SOCIETY', 'Q-04', 'TREND', h.q04, NULL, NULL, NULL),
            ('SOCIETY', 'Q-05', 'TREND', m.q05, NULL, NULL, NULL), ('SOCIETY', 'W-01', 'SHARE', h.w01, 1, 1, NULL),
            ('SOCIETY', 'W-02', 'SHARE', h.w02, 1, 1, NULL),
            ('SOCIETY', 'W-03', 'COMPARISON', h.w03, 1, 3, coalesce(h.directors, 0)),
            ('PARTY_ORGANIZATION', 'W-04', 'SHARE', ARRAY[o.enough::integer, 1, 0], 1, 1, NULL)
    ) AS v (sort, code, form, counts, numerator, denominator, against)
    WHERE v.sort = s.sort
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
