SELECT json_agg(row_to_json(x)) FROM (
    SELECT s.name, s.code, s.status, l.name AS supervisor, b.council, b.secretariat,
        b.supervisory_board AS "supervisoryBoard", coalesce(o.chairs, '{}') AS chairs,
        coalesce(o.generals, '{}') AS "secretariesGeneral", o.professional,
        array_remove(ARRAY[CASE WHEN NOT b.council THEN '理事会' END, CASE WHEN NOT b.secretariat THEN '秘书处' END,
            CASE WHEN NOT b.supervisory_board THEN '监事会' END, CASE WHEN o.chairs IS NULL THEN '理事长' END,
            CASE WHEN o.generals IS NULL THEN '秘书长' END], NULL) AS missing,
        t.term, t.planned_end AS "plannedEnd", coalesce(t.overdue, '{}') AS "overdueBodies", t.days AS "overdueDays"
    FROM organization AS l
    JOIN relation AS r ON r.superior = l.id AND r.hierarchy = 'SUPERVISES' AND r.valid @> $1::date
    JOIN organization AS s ON s.id = r.subordinate AND s.valid @> $1::date AND s.kind = 'SOCIETY'
        AND s.status NOT IN ('DISSOLVED', 'REVOKED')
    CROSS JOIN LATERAL (
        SELECT array_agg(q.id) || s.id AS ids, bool_or(coalesce(q.subtype = '理事会', false)) AS council,
            bool_or(coalesce(q.subtype = '秘书处', false)) AS secretariat,
            bool_or(coalesce(q.subtype = '监事会', false)) AS supervisory_board
        FROM (SELECT s.id, NULL::text AS subtype
          UNION ALL
            SELECT q.id, q.subtype
            FROM relation AS w
            JOIN organization AS q ON q.id = w.subordinate AND q.valid @> $1::date AND q.kind = 'BODY'
                AND q.status NOT IN ('DISSOLVED', 'REVOKED')
            WHERE w.superior = s.id AND w.hierarchy = 'PART_OF' AND w.valid @> $1::date
          UNION ALL
            SELECT q.id, q.subtype
            FROM relation AS w
            JOIN relation AS v ON v.superior = w.subordinate AND v.hierarchy = 'PART_OF' AND v.valid @> $1::date
            JOIN organization AS q ON q.id = v.subordinate AND q.valid @> $1::date AND q.kind = 'BODY'
                AND q.status NOT IN ('DISSOLVED', 'REVOKED')
            WHERE w.superior = s.id AND w.hierarchy = 'PART_OF' AND w.valid @> $1::date) AS q
    ) AS b
    CROSS JOIN LATERAL (
        SELECT array_agg(n.name ORDER BY h.made_on, h.id) FILTER (WHERE o.title IN ('PRESIDENT', 'CHAIR')) AS chairs,
            array_agg(n.name ORDER BY h.made_on, h.id) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS generals,
            bool_or(h.professional) FILTER (WHERE o.title = 'SECRETARY_GENERAL') AS professional
        FROM post AS o
        JOIN appointment AS h ON h.post = o.id AND NOT h.ended AND h.valid @> $1::date
        LEFT JOIN person_private AS n ON n.person = h.person AND n.valid @> $1::date
        WHERE o.organization = ANY (b.ids) AND NOT o.abolished AND o.valid @> $1::date
            AND o.title IN ('PRESIDENT', 'CHAIR', 'SECRETARY_GENERAL')
    ) AS o
    CROSS JOIN LATERAL (
        SELECT max(t.number) FILTER (WHERE q.subtype = '理事会') AS term,
            max(t.planned_end) FILTER (WHERE q.subtype = '理事会') AS planned_end,
            array_agg(q.subtype ORDER BY q.subtype) FILTER (WHERE t.planned_end < $1::date) AS overdue,
            $1::date - min(t.planned_end) FILTER (WHERE t.planned_end < $1::date) AS days
        FROM term AS t
        JOIN organization AS q ON q.id = t.body AND q.valid @> $1::date
        WHERE t.body = ANY (b.ids) AND NOT t.ended AND t.valid @> $1::date
    ) AS t
    WHERE l.valid @> $1::date AND l.kind = 'ASSOCIATION' AND l.tier IN ('MUNICIPAL', 'DISTRICT')
        AND l.status NOT IN ('DISSOLVED', 'REVOKED')
    ORDER BY l.pinyin, l.id, s.code, s.pinyin, s.id
) AS x
