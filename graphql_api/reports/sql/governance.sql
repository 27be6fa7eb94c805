-- Few supervise many: whether one of them stands under the root is found by climbing up from it.
WITH RECURSIVE climb (supervisor, id) AS (
    SELECT DISTINCT r.superior, r.superior
    FROM {relation} AS r
    WHERE r.hierarchy = 'SUPERVISES' AND (r.valid @> {as_of}) IS TRUE
  UNION
    SELECT c.supervisor, r.superior
    FROM climb AS c
    JOIN {relation} AS r ON r.subordinate = c.id AND r.hierarchy IN ('PART_OF', 'LEADS', 'GUIDES', 'SUPERVISES')
    WHERE (r.valid @> {as_of}) IS TRUE
),
under AS (
    SELECT DISTINCT c.supervisor AS id FROM climb AS c WHERE c.id = {root}
)
SELECT s.id AS society, s.name, s.code, s.status, l.name AS supervisor,
    b.council, b.secretariat, b.supervisory_board,
    coalesce(o.chairs, '{{}}') AS chairs, coalesce(o.secretaries_general, '{{}}') AS secretaries_general,
    o.professional, t.term, t.planned_end, coalesce(t.overdue_bodies, '{{}}') AS overdue_bodies, t.overdue_days,
    array_remove(ARRAY[
        CASE WHEN NOT b.council THEN '理事会' END,
        CASE WHEN NOT b.secretariat THEN '秘书处' END,
        CASE WHEN NOT b.supervisory_board THEN '监事会' END,
        CASE WHEN o.chairs IS NULL THEN '理事长' END,
        CASE WHEN o.secretaries_general IS NULL THEN '秘书长' END
    ], NULL) AS missing
FROM under AS u
JOIN {organization} AS l ON l.id = u.id AND l.valid @> {as_of}
JOIN {relation} AS r ON r.superior = l.id AND r.hierarchy = 'SUPERVISES' AND (r.valid @> {as_of}) IS TRUE
CROSS JOIN LATERAL (
    SELECT * FROM {organization} AS q WHERE q.id = r.subordinate AND (q.valid @> {as_of}) IS TRUE OFFSET 0
) AS s
-- Its bodies; a secretariat may be part of the council, as a standing council is.
CROSS JOIN LATERAL (
    WITH RECURSIVE organ (id, subtype) AS (
        SELECT s.id, NULL::text
      UNION
        SELECT d.id, d.subtype
        FROM organ AS a
        CROSS JOIN LATERAL (
            SELECT c.id, c.subtype
            FROM {relation} AS w
            CROSS JOIN LATERAL (
                SELECT * FROM {organization} AS q WHERE q.id = w.subordinate AND (q.valid @> {as_of}) IS TRUE OFFSET 0
            ) AS c
            WHERE w.superior = a.id AND w.hierarchy = 'PART_OF' AND (w.valid @> {as_of}) IS TRUE
                AND c.kind = 'BODY' AND c.status NOT IN ('DISSOLVED', 'REVOKED')
            OFFSET 0
        ) AS d
    )
    SELECT array_agg(a.id) AS ids,
        array_agg(a.id) FILTER (WHERE a.subtype = '理事会') AS councils,
        bool_or(coalesce(a.subtype = '理事会', false)) AS council,
        bool_or(coalesce(a.subtype = '秘书处', false)) AS secretariat,
        bool_or(coalesce(a.subtype = '监事会', false)) AS supervisory_board,
        jsonb_object_agg(a.id, a.subtype) AS subtypes
    FROM organ AS a
) AS b
CROSS JOIN LATERAL (
    SELECT
        array_agg(p.name ORDER BY p.made_on, p.id) FILTER (WHERE o.title IN ('PRESIDENT', 'CHAIR')) AS chairs,
        array_agg(p.name ORDER BY p.made_on, p.id) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS secretaries_general,
        bool_or(p.professional) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS professional
    FROM {post} AS o
    CROSS JOIN LATERAL (
        SELECT h.id, h.made_on, h.professional, coalesce(n.name, registry.erased_name(h.person)) AS name
        FROM {appointment} AS h
        LEFT JOIN LATERAL (
            SELECT v.name FROM {latest_person_private} AS v WHERE v.person = h.person AND (v.valid @> {as_of}) IS TRUE OFFSET 0
        ) AS n ON true
        WHERE h.post = o.id AND NOT h.ended AND (h.valid @> {as_of}) IS TRUE
        OFFSET 0
    ) AS p
    WHERE o.organization = ANY (b.ids) AND NOT o.abolished AND (o.valid @> {as_of}) IS TRUE
        AND o.title IN ('PRESIDENT', 'CHAIR', 'SECRETARY_GENERAL')
) AS o
CROSS JOIN LATERAL (
    SELECT
        max(t.number) FILTER (WHERE t.body = ANY (b.councils)) AS term,
        max(t.planned_end) FILTER (WHERE t.body = ANY (b.councils)) AS planned_end,
        array_agg(b.subtypes ->> t.body::text ORDER BY b.subtypes ->> t.body::text)
            FILTER (WHERE t.planned_end < {as_of}) AS overdue_bodies,
        {as_of} - min(t.planned_end) FILTER (WHERE t.planned_end < {as_of}) AS overdue_days
    FROM {term} AS t
    WHERE t.body = ANY (b.ids) AND NOT t.ended AND (t.valid @> {as_of}) IS TRUE
) AS t
WHERE s.kind = 'SOCIETY' AND s.status NOT IN ('DISSOLVED', 'REVOKED')
ORDER BY l.pinyin, l.id, s.code, s.pinyin, s.id
