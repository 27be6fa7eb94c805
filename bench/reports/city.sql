-- A city of {organizations} organizations, written straight into the read models: what wrote them does not matter here.
-- Rows that stand for what was believed before lie in the past tables of what has most of them.
SET session_replication_role = replica;

CREATE TEMPORARY TABLE unit AS
SELECT n, md5('organization' || n)::uuid AS id,
    CASE
        WHEN n = 1 OR n BETWEEN 2 AND 21 OR n BETWEEN 22 AND 521 OR n BETWEEN 522 AND 3021 THEN 'ASSOCIATION'
        WHEN n <= 3621 THEN 'RURAL_ASSOCIATION'
        WHEN n <= 4821 THEN 'SOCIETY'
        WHEN n <= 7221 THEN 'BODY'
        WHEN n <= 7621 THEN CASE WHEN n % 2 = 0 THEN 'DEPARTMENT' ELSE 'INSTITUTION' END
        WHEN n <= 8221 THEN 'PARTY_ORGANIZATION'
        ELSE 'SERVICE_POINT'
    END AS kind,
    CASE
        WHEN n = 1 THEN 'MUNICIPAL' WHEN n <= 21 THEN 'DISTRICT' WHEN n <= 521 THEN 'TOWNSHIP'
    END AS tier,
    CASE
        WHEN n BETWEEN 522 AND 2521 THEN 'ENTERPRISE' WHEN n BETWEEN 2522 AND 2821 THEN 'PARK'
        WHEN n BETWEEN 2822 AND 2921 THEN 'UNIVERSITY' WHEN n BETWEEN 2922 AND 3021 THEN 'INSTITUTE'
    END AS base,
    CASE
        WHEN n BETWEEN 522 AND 2821
        THEN (ARRAY['STANDALONE', 'REGIONAL_JOINT', 'SECTOR_WIDE', 'HOST_BASED', 'OTHER', NULL])[1 + n % 6]
    END AS formation,
    CASE
        WHEN n BETWEEN 4822 AND 5621 THEN '理事会' WHEN n BETWEEN 5622 AND 6421 THEN '监事会'
        WHEN n BETWEEN 6422 AND 7221 THEN '秘书处'
        WHEN n BETWEEN 7622 AND 8221 THEN (ARRAY['党支部', '联合党支部', '党委', '党建指导员'])[1 + n % 4]
    END AS subtype,
    CASE WHEN n > 21 AND n % 50 = 0 THEN 'PLANNED' WHEN n > 21 AND n % 51 = 0 THEN 'SUSPENDED' ELSE 'ACTIVE' END AS status
FROM generate_series(1, {organizations}) AS n;

CREATE TEMPORARY TABLE place AS
SELECT u.n, u.id AS subordinate, p.hierarchy, md5('organization' || p.superior)::uuid AS superior
FROM unit AS u
CROSS JOIN LATERAL (
    SELECT 'GUIDES' AS hierarchy, 1 AS superior WHERE u.n BETWEEN 2 AND 21
  UNION ALL SELECT 'GUIDES', 2 + u.n % 20 WHERE u.n BETWEEN 22 AND 521
  UNION ALL SELECT 'GUIDES', CASE WHEN u.n % 10 = 0 THEN 1 ELSE 2 + u.n % 20 END WHERE u.n BETWEEN 522 AND 3021
  UNION ALL SELECT 'GUIDES', 22 + u.n % 500 WHERE u.n BETWEEN 3022 AND 3621
  UNION ALL SELECT 'SUPERVISES', CASE WHEN u.n % 3 = 0 THEN 2 + u.n % 20 ELSE 1 END WHERE u.n BETWEEN 3622 AND 4821
  UNION ALL SELECT 'PART_OF', 3622 + (u.n - 4822) % 800 WHERE u.n BETWEEN 4822 AND 7221
  UNION ALL SELECT 'PART_OF', CASE WHEN u.n % 5 = 0 THEN 1 ELSE 2 + u.n % 20 END WHERE u.n BETWEEN 7222 AND 7621
  UNION ALL SELECT 'SUPERVISES', 2 + u.n % 20 WHERE u.n > 8221
) AS p;
INSERT INTO place
SELECT 3622 + s, md5('organization' || (3622 + s))::uuid, 'COVERS', md5('organization' || (7622 + s % 600))::uuid
FROM generate_series(0, 899) AS s;

INSERT INTO life (id, valid, recorded_from)
SELECT id, '[2010-01-01,)'::daterange, '2020-01-01+08'::timestamptz FROM unit;
-- Each has another name since 2015, which was corrected once.
INSERT INTO organization (id, name, pinyin, short_name, kind, status, code, tier, base, formation, subtype,
    illustrative, position, precision, assumed, founded, valid, recorded_from)
SELECT id, '旧单位' || n, 'jiu' || lpad(n::text, 6, '0'), NULL, kind, 'ACTIVE', 'C' || lpad(n::text, 6, '0'), tier, base,
    formation, subtype, false, n, 'DAY', false, CASE WHEN n % 7 = 0 THEN 'YEAR' ELSE 'DAY' END,
    '[2010-01-01,2015-01-01)'::daterange, '2020-01-01+08'::timestamptz
FROM unit
UNION ALL
SELECT id, '单位' || n, 'dan' || lpad(n::text, 6, '0'), NULL, kind, status, 'C' || lpad(n::text, 6, '0'), tier, base,
    formation, subtype, false, n, 'DAY', false, CASE WHEN n % 7 = 0 THEN 'YEAR' ELSE 'DAY' END,
    '[2015-01-01,)'::daterange, '2021-01-01+08'::timestamptz
FROM unit;
INSERT INTO organization_past (id, name, pinyin, short_name, kind, status, code, tier, base, formation, subtype,
    illustrative, position, precision, assumed, founded, valid, recorded)
SELECT id, '错单位' || n, 'cuo' || lpad(n::text, 6, '0'), NULL, kind, status, 'C' || lpad(n::text, 6, '0'), tier, base,
    formation, subtype, false, n, 'DAY', false, 'DAY', '[2015-01-01,)'::daterange, '[2020-01-01+08,2021-01-01+08)'
FROM unit;
INSERT INTO relation (subordinate, hierarchy, superior, position, valid, recorded_from)
SELECT subordinate, hierarchy, superior, n, '[2010-01-01,)'::daterange, '2020-01-01+08'::timestamptz FROM place;

INSERT INTO life (id, valid, recorded_from)
SELECT md5('person' || n)::uuid, '[2010-01-01,)'::daterange, '2020-01-01+08'::timestamptz FROM generate_series(1, {people}) AS n;
INSERT INTO person (id, illustrative, deceased, position, valid, recorded_from)
SELECT md5('person' || n)::uuid, false, false, n, '[2010-01-01,)'::daterange, '2020-01-01+08'::timestamptz FROM generate_series(1, {people}) AS n;
INSERT INTO person_private (person, name, pinyin, birth_precision, birth_date, position, valid, recorded_from)
SELECT md5('person' || n)::uuid, '姓名' || n, 'xm' || n, 'DAY', '1950-01-01'::date + n % 20000, n, '[2010-01-01,)'::daterange,
    '2020-01-01+08'::timestamptz
FROM generate_series(1, {people}) AS n;
INSERT INTO employment (person, employment, employer, employer_name, sector, primary_, position, valid, recorded_from)
SELECT md5('person' || n)::uuid, md5('employment' || n)::uuid,
    CASE WHEN n % 20 = 0 THEN md5('organization' || CASE WHEN n % 40 = 0 THEN 7222 + n / 40 % 400 ELSE 1 + n / 40 % 21 END)::uuid END,
    CASE WHEN n % 20 <> 0 THEN '企业' || n % 5000 END,
    (ARRAY['ENTERPRISE', 'UNIVERSITY', 'INSTITUTE', 'RURAL', 'ASSOCIATION'])[1 + n % 5], true, n, '[2010-01-01,)'::daterange,
    '2020-01-01+08'::timestamptz
FROM generate_series(1, {people}) AS n;
INSERT INTO person_alias (alias, canonical, valid, recorded_from)
SELECT md5('person' || n)::uuid, md5('person' || (n - 1))::uuid, '(,)', '2020-01-01+08'::timestamptz
FROM generate_series(1000, {people}, 1000) AS n;
INSERT INTO membership (id, member, organization, member_class, status, illustrative, position, valid, recorded_from)
SELECT md5('membership' || n)::uuid, md5('person' || (1 + n % {people}))::uuid, md5('organization' || (3622 + n % 1200))::uuid,
    'INDIVIDUAL', 'ACTIVE', false, n, '[2016-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, {memberships}) AS n;

-- A president and a secretary-general of each society, directors of each council, supervisors of each board.
INSERT INTO post (id, organization, title, elected, abolished, illustrative, position, valid, recorded_from)
SELECT md5('president' || u.n)::uuid, u.id, 'PRESIDENT', true, false, false, u.n, '[2016-01-01,)'::daterange,
    '2020-01-01+08'::timestamptz
FROM unit AS u WHERE u.kind = 'SOCIETY' AND u.n % 9 <> 0
UNION ALL
SELECT md5('secretary' || u.n)::uuid, u.id, 'SECRETARY_GENERAL', false, false, false, u.n, '[2016-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM unit AS u WHERE u.kind = 'SOCIETY' AND u.n % 10 <> 0
UNION ALL
SELECT md5('director' || u.n)::uuid, u.id, CASE WHEN u.subtype = '监事会' THEN 'SUPERVISOR' ELSE 'DIRECTOR' END, true,
    false, false, u.n, '[2016-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM unit AS u WHERE u.subtype IN ('理事会', '监事会');
INSERT INTO term (id, body, number, opened_on, planned_end, ended, illustrative, position, valid, recorded_from)
SELECT md5('old term' || u.n)::uuid, u.id, 1, '2016-01-01'::date, '2020-12-31'::date, t.ended, false, u.n, t.valid, '2020-01-01+08'::timestamptz
FROM unit AS u
CROSS JOIN (VALUES (false, '[2016-01-01,2021-01-01)'::daterange), (true, '[2021-01-01,)'::daterange)) AS t (ended, valid)
WHERE u.subtype = '理事会'
UNION ALL
SELECT md5('term' || u.n)::uuid, u.id, 2, '2021-01-01', '2023-12-31'::date + u.n % 1500, false, false, u.n,
    '[2021-01-01,)'::daterange, '2021-01-01+08'::timestamptz
FROM unit AS u WHERE u.subtype = '理事会';
INSERT INTO appointment (id, person, post, term, mode, basis, professional, ended, end_reason, made_on, illustrative,
    position, valid, recorded_from)
SELECT md5('appointment' || a.n)::uuid, md5('person' || (1 + a.n * 3 % {people}))::uuid, a.post, NULL, 'PART_TIME',
    'ELECTED', a.n % 4 = 0, v.ended, CASE WHEN v.ended THEN 'RESIGNED' END, '2021-01-01', false, a.n, v.valid,
    '2021-01-01+08'::timestamptz
FROM (
    SELECT row_number() OVER () AS n, p.id AS post, g
    FROM post AS p
    CROSS JOIN LATERAL generate_series(1, CASE WHEN p.title = 'DIRECTOR' THEN {directors} WHEN p.title = 'SUPERVISOR' THEN 5 ELSE 1 END) AS g
) AS a
CROSS JOIN LATERAL (
    SELECT false AS ended,
        CASE WHEN a.n % 5 = 0 THEN '[2021-01-01,2023-01-01)'::daterange ELSE '[2021-01-01,)'::daterange END::daterange AS valid
  UNION ALL
    SELECT true, '[2023-01-01,)'::daterange WHERE a.n % 5 = 0
) AS v;

INSERT INTO instrument (id, number, title, pinyin, repealed, position, valid, recorded_from)
SELECT md5('instrument' || n)::uuid, '大科协发〔2018〕' || n || '号', '文件' || n, 'wj' || n, false, n, '[2010-01-01,)'::daterange,
    '2020-01-01+08'::timestamptz
FROM generate_series(1, 500) AS n;
INSERT INTO secondment (id, person, home, host, direction, basis, begun_on, until, ended_on, illustrative, position,
    instrument, valid, recorded_from)
SELECT md5('secondment' || n)::uuid, md5('person' || n)::uuid, md5('organization' || (2 + n % 20))::uuid,
    md5('organization' || (7222 + n % 400))::uuid, 'UP', 'SECONDMENT', '2020-01-01'::date + n % 1500, NULL, v.ended_on,
    false, n, md5('instrument' || (1 + n % 500))::uuid, v.valid, '2020-01-01+08'::timestamptz
FROM generate_series(1, 4000) AS n
CROSS JOIN LATERAL (
    SELECT NULL::date AS ended_on, daterange('2020-01-01'::date + n % 1500, '2021-06-01'::date + n % 1500) AS valid
  UNION ALL
    SELECT '2021-06-01'::date + n % 1500, daterange('2021-06-01'::date + n % 1500, NULL)
) AS v;
INSERT INTO secondment_private (secondment, person, duty, position, valid, recorded_from)
SELECT md5('secondment' || n)::uuid, md5('person' || n)::uuid, '副部长', n, '[2019-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 4000) AS n;
INSERT INTO mandate (id, name, pinyin, category, status, holder, grantor, granted_on, until, illustrative, position,
    instrument, valid, recorded_from)
SELECT md5('mandate' || n)::uuid, '事项' || n, 'sx' || lpad(n::text, 6, '0'), 'TRAINING', 'ACTIVE',
    md5('organization' || (3622 + n % 1200))::uuid, md5('organization1')::uuid, '2020-01-01', '2028-01-01', false, n,
    md5('instrument' || (1 + n % 500))::uuid, '[2020-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 4000) AS n;
INSERT INTO mandate_review (mandate, position, reviewed_on, finding, passed, valid, recorded_from)
SELECT md5('mandate' || n)::uuid, n * 10 + y, make_date(2020 + y, 6, 1), '合格', true, daterange(make_date(2020 + y, 6, 1), NULL),
    '2020-01-01+08'::timestamptz
FROM generate_series(1, 4000) AS n CROSS JOIN generate_series(1, 4) AS y;
INSERT INTO staffing (organization, established, leadership_posts, leaders, headcount, position, instrument, valid,
    recorded_from)
SELECT id, 20, 3, 2 + n % 3, 15 + n % 10, n, md5('instrument' || (1 + n % 500))::uuid, '[2018-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM unit WHERE n <= 521 OR kind IN ('DEPARTMENT', 'INSTITUTION');
INSERT INTO quota (organization, kind, count, position, valid, recorded_from)
SELECT s.organization, k.kind, 5, s.position, '[2018-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM staffing AS s
CROSS JOIN unnest(ARRAY['ADMINISTRATIVE', 'CIVIL_SERVICE_REFERENCE', 'PUBLIC_INSTITUTION', 'SUPPORT']) AS k (kind);
INSERT INTO figure (id, organization, indicator, period_start, period_end, value, unit, source, withdrawn, illustrative,
    position, valid, recorded_from)
SELECT md5(concat('figure', u.n, i.indicator, y))::uuid, u.id, i.indicator, make_date(y, 1, 1), make_date(y, 12, 31), u.n + y % 10,
    '个', '年报', false, false, u.n, daterange(make_date(y + 1, 2, 1), NULL), '2020-01-01+08'::timestamptz
FROM unit AS u
CROSS JOIN unnest(ARRAY['INSTITUTIONS', 'STAFF', 'SOCIETIES', 'ENTERPRISE_ASSOCIATIONS', 'PARK_ASSOCIATIONS',
    'UNIVERSITY_ASSOCIATIONS', 'INSTITUTE_ASSOCIATIONS', 'TOWNSHIP_ASSOCIATIONS', 'RURAL_TECHNICAL_ASSOCIATIONS'])
    AS i (indicator)
CROSS JOIN generate_series(2012, 2023) AS y
WHERE u.n <= 21;

INSERT INTO measure (id, code, title, pinyin, plan_clause, recurrence, stage, original_deadline,
    original_deadline_precision, deadline, deadline_precision, deadline_assumed, due_by, percent, illustrative, position,
    instrument, valid, recorded_from)
SELECT md5('measure' || n)::uuid, 'M-' || lpad(n::text, 4, '0'), '措施' || n, 'cs' || n, '二(一)', 'ONCE', 'OPEN',
    '2020-12-31', 'DAY', '2024-12-31', 'DAY', false, '2024-12-31', n % 100, false, n, md5('instrument1')::uuid,
    '[2018-06-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n;
INSERT INTO measure_part (measure, role, assignee, bound, position, valid, recorded_from)
SELECT md5('measure' || n)::uuid, p.role, p.assignee, p.assignee, n, '[2018-06-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n
CROSS JOIN LATERAL (
    VALUES ('LED_BY', md5('organization' || (7222 + n % 400))::uuid),
        ('SUPPORTED_BY', md5('organization' || (7222 + (n + 1) % 400))::uuid),
        ('SUPPORTED_BY', md5('organization' || (7222 + (n + 2) % 400))::uuid),
        ('RESPONSIBLE', md5('person' || n)::uuid)
) AS p (role, assignee);
INSERT INTO deadline_move (measure, position, moved_on, before, after, reason, valid, recorded_from)
SELECT md5('measure' || n)::uuid, n, '2020-12-01', '2020-12-31', '2024-12-31', '疫情', '[2020-12-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n;
INSERT INTO milestone (measure, name, due, reached_on, position, valid, recorded_from)
SELECT md5('measure' || n)::uuid, '节点' || m, make_date(2018 + m, 6, 1), CASE WHEN m < 4 THEN make_date(2018 + m, 5, 1) END,
    n, '[2018-06-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n CROSS JOIN generate_series(1, 5) AS m;
INSERT INTO progress (measure, position, reported_on, percent, note, valid, recorded_from)
SELECT md5('measure' || n)::uuid, n * 10 + r, make_date(2018 + r, 12, 1), r * 10, '进展' || r, daterange(make_date(2018 + r, 12, 1), NULL),
    '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n CROSS JOIN generate_series(1, 5) AS r;
INSERT INTO finding (measure, finding, text, due, found_on, closed_on, position, valid, recorded_from)
SELECT md5('measure' || n)::uuid, md5('finding' || n)::uuid, '偏慢', '2030-01-01', '2022-01-01', NULL, n, '[2022-01-01,)'::daterange,
    '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n;
INSERT INTO evidence (measure, cited, note, position, valid, recorded_from)
SELECT md5('measure' || n)::uuid, n * 10 + r, '佐证', n, '[2022-01-01,)'::daterange, '2020-01-01+08'::timestamptz
FROM generate_series(1, 2000) AS n CROSS JOIN generate_series(1, 3) AS r;

INSERT INTO function (id, name, pinyin, unspecified, illustrative, emphasized, retired, position, valid, recorded_from)
SELECT md5('function' || n)::uuid, '职能' || n, 'zn' || lpad(n::text, 6, '0'), false, false, false, false, n, '[2010-01-01,)'::daterange,
    '2020-01-01+08'::timestamptz
FROM generate_series(1, 3000) AS n;
INSERT INTO holding (function, holder, position, instrument, clause, valid, recorded_from)
SELECT md5('function' || n)::uuid, md5('organization' || (7222 + (n + h.more) % 400))::uuid, n, md5('instrument1')::uuid, '二(一)',
    h.valid, '2020-01-01+08'::timestamptz
FROM generate_series(1, 3000) AS n
CROSS JOIN (VALUES (0, '[2010-01-01,2018-06-01)'::daterange), (1, '[2018-06-01,)'::daterange)) AS h (more, valid)
WHERE h.more = 0 OR n % 10 <> 0;
DROP TABLE unit, place;
SET session_replication_role = origin;
