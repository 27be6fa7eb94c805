WITH RECURSIVE {placed},
society AS MATERIALIZED (
    SELECT l.id, l.name, l.pinyin, l.code, l.status, r.superior AS supervisor
    FROM {relation} AS r
    JOIN living AS l ON l.id = r.subordinate AND l.kind = 'SOCIETY'
    WHERE r.hierarchy = 'SUPERVISES' AND (r.valid @> {as_of}) IS TRUE
        AND r.superior IN (SELECT p.id FROM placed AS p)
),
-- A secretariat may be part of the council, as a standing council is.
organ (society, id, subtype) AS (
    SELECT s.id, s.id, NULL::text FROM society AS s
  UNION
    SELECT a.society, o.id, o.subtype
    FROM organ AS a
    JOIN {relation} AS r ON r.superior = a.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {as_of}) IS TRUE
    JOIN {organization} AS o ON o.id = r.subordinate AND o.valid @> {as_of} AND o.kind = 'BODY'
    WHERE o.status NOT IN ('DISSOLVED', 'REVOKED')
),
bodies AS (
    SELECT a.society,
        bool_or(a.subtype = '理事会') AS council,
        bool_or(a.subtype = '秘书处') AS secretariat,
        bool_or(a.subtype = '监事会') AS supervisory_board
    FROM organ AS a
    WHERE a.subtype IS NOT NULL
    GROUP BY a.society
),
officer AS (
    SELECT a.society,
        array_agg(n.name ORDER BY p.made_on, p.id) FILTER (WHERE o.title IN ('PRESIDENT', 'CHAIR')) AS chairs,
        array_agg(n.name ORDER BY p.made_on, p.id) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS secretaries_general,
        bool_or(p.professional) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS professional
    FROM organ AS a
    JOIN {post} AS o ON o.organization = a.id AND NOT o.abolished AND (o.valid @> {as_of}) IS TRUE
    JOIN {appointment} AS p ON p.post = o.id AND NOT p.ended AND (p.valid @> {as_of}) IS TRUE
    LEFT JOIN {latest_person_private} AS n ON n.person = p.person AND n.valid @> {as_of}
    WHERE o.title IN ('PRESIDENT', 'CHAIR', 'SECRETARY_GENERAL')
    GROUP BY a.society
),
sitting AS (
    SELECT a.society,
        max(t.number) FILTER (WHERE a.subtype = '理事会') AS term,
        max(t.planned_end) FILTER (WHERE a.subtype = '理事会') AS planned_end,
        array_agg(a.subtype ORDER BY a.subtype) FILTER (WHERE t.planned_end < {as_of}) AS overdue_bodies,
        {as_of} - min(t.planned_end) FILTER (WHERE t.planned_end < {as_of}) AS overdue_days
    FROM organ AS a
    JOIN {term} AS t ON t.body = a.id AND NOT t.ended AND (t.valid @> {as_of}) IS TRUE
    WHERE a.subtype IS NOT NULL
    GROUP BY a.society
)
SELECT s.id AS society, s.name, s.code, s.status, l.name AS supervisor,
    coalesce(b.council, false) AS council,
    coalesce(b.secretariat, false) AS secretariat,
    coalesce(b.supervisory_board, false) AS supervisory_board,
    coalesce(o.chairs, '{{}}') AS chairs,
    coalesce(o.secretaries_general, '{{}}') AS secretaries_general,
    o.professional,
    t.term, t.planned_end, coalesce(t.overdue_bodies, '{{}}') AS overdue_bodies, t.overdue_days,
    array_remove(ARRAY[
        CASE WHEN b.council IS NOT TRUE THEN '理事会' END,
        CASE WHEN b.secretariat IS NOT TRUE THEN '秘书处' END,
        CASE WHEN b.supervisory_board IS NOT TRUE THEN '监事会' END,
        CASE WHEN o.chairs IS NULL THEN '理事长' END,
        CASE WHEN o.secretaries_general IS NULL THEN '秘书长' END
    ], NULL) AS missing
FROM society AS s
JOIN living AS l ON l.id = s.supervisor
LEFT JOIN bodies AS b ON b.society = s.id
LEFT JOIN officer AS o ON o.society = s.id
LEFT JOIN sitting AS t ON t.society = s.id
ORDER BY l.pinyin, l.id, s.code, s.pinyin, s.id
