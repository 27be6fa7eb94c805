-- believed: organization, relation, post, appointment, term
-- Written by hand: as districts.sql goes down from the root; officers are found by their posts, which are few.
WITH RECURSIVE living AS MATERIALIZED (
    SELECT id, name, pinyin, short_name, code, kind, status, tier, base, subtype
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
society AS MATERIALIZED (
    SELECT s.id, s.name, s.pinyin, s.code, s.status, l.id AS supervisor, l.name AS supervisor_name,
        l.pinyin AS supervisor_pinyin
    FROM relation AS r
    JOIN living AS s ON s.id = r.subordinate AND s.kind = 'SOCIETY'
    JOIN placed AS l ON l.id = r.superior
    WHERE r.hierarchy = 'SUPERVISES' AND r.valid @> $1::date
),
inside AS MATERIALIZED (
    SELECT r.superior, o.id, o.subtype
    FROM relation AS r
    JOIN living AS o ON o.id = r.subordinate AND o.kind = 'BODY'
    WHERE r.hierarchy = 'PART_OF' AND r.valid @> $1::date
),
organ (society, id, subtype) AS (
    SELECT id, id, NULL::text FROM society
  UNION
    SELECT a.society, i.id, i.subtype FROM organ AS a JOIN inside AS i ON i.superior = a.id
),
sitting AS (
    SELECT a.society,
        bool_or(a.subtype = '理事会') AS council,
        bool_or(a.subtype = '秘书处') AS secretariat,
        bool_or(a.subtype = '监事会') AS supervisory_board,
        max(t.number) FILTER (WHERE a.subtype = '理事会') AS term,
        max(t.planned_end) FILTER (WHERE a.subtype = '理事会') AS planned_end,
        array_agg(a.subtype ORDER BY a.subtype) FILTER (WHERE t.planned_end < $1::date) AS overdue_bodies,
        $1::date - min(t.planned_end) FILTER (WHERE t.planned_end < $1::date) AS overdue_days
    FROM organ AS a
    LEFT JOIN term AS t ON t.body = a.id AND NOT t.ended AND t.valid @> $1::date
    WHERE a.subtype IS NOT NULL
    GROUP BY a.society
),
officer AS (
    SELECT a.society,
        array_agg(n.name ORDER BY p.made_on, p.id) FILTER (WHERE o.title <> 'SECRETARY_GENERAL') AS chairs,
        array_agg(n.name ORDER BY p.made_on, p.id) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS secretaries,
        bool_or(p.professional) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS professional
    FROM post AS o
    JOIN organ AS a ON a.id = o.organization
    JOIN appointment AS p ON p.post = o.id AND NOT p.ended AND p.valid @> $1::date
    LEFT JOIN person_private AS n ON n.person = p.person AND n.valid @> $1::date
    WHERE o.title IN ('PRESIDENT', 'CHAIR', 'SECRETARY_GENERAL') AND NOT o.abolished AND o.valid @> $1::date
    GROUP BY a.society
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT s.name, s.code, s.status, s.supervisor_name AS supervisor,
        coalesce(b.council, false) AS council, coalesce(b.secretariat, false) AS secretariat,
        coalesce(b.supervisory_board, false) AS "supervisoryBoard",
        coalesce(o.chairs, '{}') AS chairs, coalesce(o.secretaries, '{}') AS "secretariesGeneral",
        o.professional,
        array_remove(ARRAY[
            CASE WHEN b.council IS NOT TRUE THEN '理事会' END,
            CASE WHEN b.secretariat IS NOT TRUE THEN '秘书处' END,
            CASE WHEN b.supervisory_board IS NOT TRUE THEN '监事会' END,
            CASE WHEN o.chairs IS NULL THEN '理事长' END,
            CASE WHEN o.secretaries IS NULL THEN '秘书长' END
        ], NULL) AS missing,
        b.term, b.planned_end AS "plannedEnd",
        coalesce(b.overdue_bodies, '{}') AS "overdueBodies", b.overdue_days AS "overdueDays"
    FROM society AS s
    LEFT JOIN sitting AS b ON b.society = s.id
    LEFT JOIN officer AS o ON o.society = s.id
    ORDER BY s.supervisor_pinyin, s.supervisor, s.code, s.pinyin, s.id
) AS t
