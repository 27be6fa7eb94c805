SELECT json_agg(row_to_json(x)) FROM (
    SELECT m.code, m.plan_clause AS "planClause", m.title, p.lead, coalesce(p.supporting, '{}') AS supporting,
        coalesce(p.answers, false) AS "hasResponsible", p.responsible, m.recurrence,
        m.original_deadline AS "originalDeadline", m.deadline, coalesce(d.moved, 0) AS moved, coalesce(d.moves, '{}') AS moves,
        m.stage AS state, m.percent, g.reported_on AS "reportedOn", g.note,
        coalesce(l.late OR y.missed IS NOT NULL OR f.unmended, false) AS overdue,
        array_remove(ARRAY[CASE WHEN l.late THEN 'DEADLINE' END, CASE WHEN y.missed IS NOT NULL THEN 'YEAR' END,
            CASE WHEN f.unmended THEN 'FINDING' END], NULL) AS "overdueReasons",
        coalesce(y.missed, '{}') AS "missedYears", coalesce(s.milestones, 0) AS milestones, coalesce(s.reached, 0) AS reached,
        coalesce(s.late, '{}') AS late, coalesce(f.findings, 0) AS findings, coalesce(f.open_findings, 0) AS "openFindings",
        coalesce(v.evidence, '{}') AS evidence, m.fulfilled_on AS "fulfilledOn", i.number AS "instrumentNumber",
        m.illustrative
    FROM measure AS m
    CROSS JOIN LATERAL (SELECT m.stage = 'OPEN' AND m.recurrence <> 'YEARLY' AND m.due_by < $1::date AS late) AS l
    LEFT JOIN LATERAL (
        SELECT array_agg(n ORDER BY n) AS missed FROM (
            SELECT generate_series(m.first_year, least(extract(year FROM $1::date)::integer - 1, extract(year FROM m.due_by)::integer)) AS n
          EXCEPT
            SELECT extract(year FROM d.fulfilled_on)::integer FROM fulfilment AS d WHERE d.measure = m.id AND d.valid @> $1::date
        ) AS years
    ) AS y ON m.first_year IS NOT NULL AND m.stage = 'OPEN'
    LEFT JOIN (
        SELECT p.measure, max(o.name) FILTER (WHERE p.role = 'LED_BY') AS lead,
            array_agg(o.name ORDER BY o.pinyin, o.id) FILTER (WHERE p.role = 'SUPPORTED_BY') AS supporting,
            bool_or(p.role = 'RESPONSIBLE') AS answers,
            max((SELECT n.name FROM person_private AS n WHERE n.person = p.assignee AND n.valid @> $1::date))
                FILTER (WHERE p.role = 'RESPONSIBLE') AS responsible
        FROM measure_part AS p
        LEFT JOIN organization AS o ON o.id = p.assignee AND o.valid @> $1::date
        WHERE p.valid @> $1::date GROUP BY p.measure
    ) AS p ON p.measure = m.id
    LEFT JOIN (
        SELECT measure, count(*) AS moved, array_agg(before || ' → ' || after || coalesce('（' || reason || '）', '') ORDER BY moved_on, position) AS moves
        FROM deadline_move WHERE valid @> $1::date GROUP BY measure
    ) AS d ON d.measure = m.id
    LEFT JOIN (
        SELECT measure, count(*) AS milestones, count(reached_on) AS reached,
            array_agg(name ORDER BY due, name) FILTER (WHERE reached_on IS NULL AND due < $1::date) AS late
        FROM milestone WHERE valid @> $1::date GROUP BY measure
    ) AS s ON s.measure = m.id
    LEFT JOIN (
        SELECT DISTINCT ON (measure) measure, reported_on, note FROM progress WHERE valid @> $1::date
        ORDER BY measure, reported_on DESC, position DESC
    ) AS g ON g.measure = m.id
    LEFT JOIN (
        SELECT measure, count(*) AS findings, count(*) FILTER (WHERE closed_on IS NULL) AS open_findings,
            bool_or(closed_on IS NULL AND due < $1::date) AS unmended
        FROM finding WHERE valid @> $1::date GROUP BY measure
    ) AS f ON f.measure = m.id
    LEFT JOIN (
        SELECT measure, array_agg(cited || coalesce(' ' || note, '') ORDER BY cited) AS evidence
        FROM evidence WHERE valid @> $1::date GROUP BY measure
    ) AS v ON v.measure = m.id
    LEFT JOIN instrument AS i ON i.id = m.instrument AND i.valid @> $1::date
    WHERE m.valid @> $1::date
    ORDER BY m.code, m.id
) AS x
