-- believed: measure, measure_part, organization, deadline_move, milestone, progress, finding, evidence, fulfilment, instrument
-- Written by hand: measures are few, so everything that belongs to one is grouped by it and joined by hash.
WITH RECURSIVE parts AS (
    SELECT p.measure,
        max(o.name) FILTER (WHERE p.role = 'LED_BY') AS lead,
        array_agg(o.name ORDER BY o.pinyin, o.id) FILTER (WHERE p.role = 'SUPPORTED_BY') AS supporting,
        bool_or(p.role = 'RESPONSIBLE') AS has_responsible,
        max(n.name) FILTER (WHERE p.role = 'RESPONSIBLE') AS responsible
    FROM measure_part AS p
    LEFT JOIN LATERAL (
        SELECT q.id, q.name, q.pinyin FROM organization AS q
        WHERE p.role <> 'RESPONSIBLE' AND q.id = p.assignee AND (q.valid @> $1::date) IS TRUE OFFSET 0
    ) AS o ON true
    LEFT JOIN LATERAL (
        SELECT v.name FROM person_private AS v
        WHERE p.role = 'RESPONSIBLE' AND v.person = p.assignee AND (v.valid @> $1::date) IS TRUE OFFSET 0
    ) AS n ON true
    WHERE p.valid @> $1::date
    GROUP BY p.measure
),
moves AS (
    SELECT measure, count(*) AS moved,
        array_agg(
            concat(before, ' → ', after, CASE WHEN reason IS NOT NULL THEN concat('（', reason, '）') END)
            ORDER BY moved_on, position
        ) AS moves
    FROM deadline_move
    WHERE valid @> $1::date
    GROUP BY measure
),
steps AS (
    SELECT measure, count(*) AS milestones, count(reached_on) AS reached,
        array_agg(name ORDER BY due, name) FILTER (WHERE reached_on IS NULL AND due < $1::date) AS late
    FROM milestone
    WHERE valid @> $1::date
    GROUP BY measure
),
latest AS (
    SELECT DISTINCT ON (measure) measure, reported_on, note
    FROM progress
    WHERE valid @> $1::date
    ORDER BY measure, reported_on DESC, position DESC
),
found AS (
    SELECT measure, count(*) AS findings, count(*) FILTER (WHERE closed_on IS NULL) AS open_findings,
        bool_or(closed_on IS NULL AND due < $1::date) AS unmended
    FROM finding
    WHERE valid @> $1::date
    GROUP BY measure
),
cited AS (
    SELECT measure, array_agg(concat(cited, CASE WHEN note IS NOT NULL THEN ' ' END, note) ORDER BY cited) AS evidence
    FROM evidence
    WHERE valid @> $1::date
    GROUP BY measure
),
missed AS (
    SELECT m.id AS measure, array_agg(y ORDER BY y) AS years
    FROM measure AS m
    CROSS JOIN LATERAL generate_series(
        m.first_year, least(extract(year FROM $1::date)::integer - 1, extract(year FROM m.due_by)::integer)
    ) AS y
    WHERE m.valid @> $1::date AND m.stage = 'OPEN' AND NOT EXISTS (
        SELECT FROM fulfilment AS d
        WHERE d.measure = m.id AND d.valid @> $1::date AND extract(year FROM d.fulfilled_on) = y
    )
    GROUP BY m.id
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT m.code, m.plan_clause AS "planClause", m.title, p.lead, coalesce(p.supporting, '{}') AS supporting,
        coalesce(p.has_responsible, false) AS "hasResponsible", p.responsible, m.recurrence,
        m.original_deadline AS "originalDeadline", m.deadline,
        coalesce(d.moved, 0) AS moved, coalesce(d.moves, '{}') AS moves, m.stage AS state, m.percent,
        g.reported_on AS "reportedOn", g.note,
        coalesce(w.late OR y.years IS NOT NULL OR w.unmended, false) AS overdue,
        array_remove(ARRAY[
            CASE WHEN w.late THEN 'DEADLINE' END,
            CASE WHEN y.years IS NOT NULL THEN 'YEAR' END,
            CASE WHEN w.unmended THEN 'FINDING' END
        ], NULL) AS "overdueReasons",
        coalesce(y.years, '{}') AS "missedYears",
        coalesce(s.milestones, 0) AS milestones, coalesce(s.reached, 0) AS reached, coalesce(s.late, '{}') AS late,
        coalesce(f.findings, 0) AS findings, coalesce(f.open_findings, 0) AS "openFindings",
        coalesce(v.evidence, '{}') AS evidence, m.fulfilled_on AS "fulfilledOn",
        i.number AS "instrumentNumber", m.illustrative
    FROM measure AS m
    LEFT JOIN parts AS p ON p.measure = m.id
    LEFT JOIN moves AS d ON d.measure = m.id
    LEFT JOIN steps AS s ON s.measure = m.id
    LEFT JOIN latest AS g ON g.measure = m.id
    LEFT JOIN found AS f ON f.measure = m.id
    LEFT JOIN cited AS v ON v.measure = m.id
    LEFT JOIN missed AS y ON y.measure = m.id
    LEFT JOIN instrument AS i ON i.id = m.instrument AND i.valid @> $1::date
    CROSS JOIN LATERAL (
        SELECT m.stage = 'OPEN' AND m.recurrence <> 'YEARLY' AND m.due_by < $1::date AS late,
            m.stage <> 'CANCELLED' AND f.unmended AS unmended
    ) AS w
    WHERE m.valid @> $1::date
    ORDER BY m.code, m.id
) AS t
