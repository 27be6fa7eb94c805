WITH parts AS (
    SELECT p.measure,
        max(o.name) FILTER (WHERE p.role = 'LED_BY') AS lead,
        array_agg(o.name ORDER BY o.pinyin, o.id) FILTER (WHERE p.role = 'SUPPORTED_BY') AS supporting,
        bool_or(p.role = 'RESPONSIBLE') AS has_responsible,
        max(coalesce(n.name, registry.erased_name(p.assignee))) FILTER (WHERE p.role = 'RESPONSIBLE') AS responsible,
        bool_or({rooted} AND p.role <> 'RESPONSIBLE' AND p.assignee IN (SELECT w.id FROM placed AS w)) AS within
    FROM {measure_part} AS p
    LEFT JOIN LATERAL (
        SELECT q.id, q.name, q.pinyin FROM {organization} AS q
        WHERE p.role <> 'RESPONSIBLE' AND q.id = p.assignee AND (q.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS o ON true
    LEFT JOIN {latest_person_private} AS n
        ON p.role = 'RESPONSIBLE' AND n.person = p.assignee AND n.valid @> {as_of}
    WHERE p.valid @> {as_of}
    GROUP BY p.measure
),
moves AS (
    SELECT d.measure, count(*) AS moved,
        array_agg(
            concat(d.before, ' → ', d.after, CASE WHEN d.reason IS NOT NULL THEN concat('（', d.reason, '）') END)
            ORDER BY d.moved_on, d.position
        ) AS moves
    FROM {deadline_move} AS d
    WHERE d.valid @> {as_of}
    GROUP BY d.measure
),
steps AS (
    SELECT s.measure, count(*) AS milestones, count(s.reached_on) AS reached,
        array_agg(s.name ORDER BY s.due, s.name) FILTER (WHERE s.reached_on IS NULL AND s.due < {as_of}) AS late
    FROM {milestone} AS s
    WHERE s.valid @> {as_of}
    GROUP BY s.measure
),
latest AS (
    SELECT DISTINCT ON (g.measure) g.measure, g.reported_on, g.note
    FROM {progress} AS g
    WHERE g.valid @> {as_of}
    ORDER BY g.measure, g.reported_on DESC, g.position DESC
),
found AS (
    SELECT f.measure, count(*) AS findings, count(*) FILTER (WHERE f.closed_on IS NULL) AS open_findings,
        bool_or(f.closed_on IS NULL AND f.due < {as_of}) AS unmended
    FROM {finding} AS f
    WHERE f.valid @> {as_of}
    GROUP BY f.measure
),
done AS (
    SELECT c.measure, array_agg(extract(year FROM c.fulfilled_on)::integer) AS years
    FROM {fulfilment} AS c
    WHERE c.valid @> {as_of}
    GROUP BY c.measure
),
shown AS (
    SELECT v.measure, array_agg(concat(v.cited, CASE WHEN v.note IS NOT NULL THEN ' ' END, v.note) ORDER BY v.cited)
        AS evidence
    FROM {evidence} AS v
    WHERE v.valid @> {as_of}
    GROUP BY v.measure
)
SELECT t.*, w.overdue_reasons, json_array_length(w.overdue_reasons) > 0 AS overdue, y.missed_years,
    p.lead, coalesce(p.supporting, '{{}}') AS supporting,
    coalesce(p.has_responsible, false) AS has_responsible, p.responsible,
    coalesce(d.moved, 0) AS moved, coalesce(d.moves, '{{}}') AS moves,
    coalesce(s.milestones, 0) AS milestones, coalesce(s.reached, 0) AS reached, coalesce(s.late, '{{}}') AS late,
    g.reported_on, g.note, coalesce(f.findings, 0) AS findings, coalesce(f.open_findings, 0) AS open_findings,
    coalesce(v.evidence, '{{}}') AS evidence, i.number AS instrument_number
FROM {measure} AS t
LEFT JOIN parts AS p ON p.measure = t.id
LEFT JOIN moves AS d ON d.measure = t.id
LEFT JOIN steps AS s ON s.measure = t.id
LEFT JOIN latest AS g ON g.measure = t.id
LEFT JOIN found AS f ON f.measure = t.id
LEFT JOIN shown AS v ON v.measure = t.id
LEFT JOIN done AS c ON c.measure = t.id
CROSS JOIN LATERAL (
    SELECT ARRAY(SELECT y FROM {due_years} AND (y = ANY (c.years)) IS NOT TRUE ORDER BY y) AS missed_years OFFSET 0
) AS y
CROSS JOIN LATERAL (SELECT {reasons} AS overdue_reasons OFFSET 0) AS w
LEFT JOIN {instrument} AS i ON i.id = t.instrument AND i.valid @> {as_of}
WHERE t.valid @> {as_of} AND (NOT {rooted} OR p.within)
ORDER BY t.code, t.id
