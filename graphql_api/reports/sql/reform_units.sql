-- A chart of departments is small: whatever is joined to it is looked up by its id, which the planner cannot guess.
WITH RECURSIVE unit AS (
    SELECT p.id,
        coalesce(new.kind, old.kind) AS kind,
        old.name AS name_before, new.name AS name_after, coalesce(new.pinyin, old.pinyin) AS pinyin,
        above_old.superior AS superior_before, above_new.superior AS superior_after,
        CASE
            WHEN new.id IS NULL THEN 'DISSOLVED'
            WHEN old.id IS NULL THEN 'ESTABLISHED'
            WHEN old.name <> new.name THEN 'RENAMED'
            WHEN above_old.superior IS DISTINCT FROM above_new.superior THEN 'MOVED'
            ELSE 'KEPT'
        END AS fate
    FROM part AS p
    LEFT JOIN LATERAL (
        SELECT o.id, o.kind, o.name, o.pinyin FROM {organization} AS o
        WHERE o.id = p.id AND (o.valid @> {before}) IS TRUE AND o.status NOT IN ('DISSOLVED', 'REVOKED') OFFSET 0
    ) AS old ON true
    LEFT JOIN LATERAL (
        SELECT o.id, o.kind, o.name, o.pinyin FROM {organization} AS o
        WHERE o.id = p.id AND (o.valid @> {as_of}) IS TRUE AND o.status NOT IN ('DISSOLVED', 'REVOKED') OFFSET 0
    ) AS new ON true
    LEFT JOIN LATERAL (
        SELECT r.superior FROM {relation} AS r
        WHERE r.subordinate = p.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {before}) IS TRUE OFFSET 0
    ) AS above_old ON true
    LEFT JOIN LATERAL (
        SELECT r.superior FROM {relation} AS r
        WHERE r.subordinate = p.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS above_new ON true
    WHERE old.id IS NOT NULL OR new.id IS NOT NULL
),
-- Who carries on a unit, by what took effect between the days; through those that are gone again in turn.
handed AS MATERIALIZED (
    SELECT s.predecessor, s.successor
    FROM {succession} AS s
    WHERE lower(s.valid) > {before} AND s.valid @> {as_of}
),
heir (unit, id) AS (
    SELECT h.predecessor, h.successor FROM handed AS h
  UNION
    SELECT h.unit, further.successor
    FROM heir AS h
    JOIN handed AS further ON further.predecessor = h.id
    WHERE NOT EXISTS (SELECT FROM {life} AS l WHERE l.id = h.id AND l.valid @> {as_of})
),
named AS (
    SELECT h.unit, h.id, o.name, o.pinyin
    FROM heir AS h
    CROSS JOIN LATERAL (
        SELECT * FROM {organization} AS q WHERE q.id = h.id AND (q.valid @> {as_of}) IS TRUE OFFSET 0
    ) AS o
    WHERE o.status NOT IN ('DISSOLVED', 'REVOKED')
),
-- The row of the organization that began with the change.
changed AS (
    SELECT u.id, c.changed_on
    FROM unit AS u
    CROSS JOIN LATERAL (
        SELECT CASE u.fate
            WHEN 'DISSOLVED' THEN (
                SELECT lower(o.valid) FROM {organization} AS o WHERE o.id = u.id AND (o.valid @> {as_of}) IS TRUE)
            WHEN 'ESTABLISHED' THEN (
                SELECT lower(l.valid) FROM {life} AS l WHERE l.id = u.id AND (l.valid @> {as_of}) IS TRUE)
            WHEN 'RENAMED' THEN (
                SELECT min(lower(o.valid)) FROM {organization} AS o
                WHERE o.id = u.id AND o.name = u.name_after
                    AND o.valid && daterange(least({before}, {as_of}), greatest({before}, {as_of}), '(]')
                    AND lower(o.valid) > {before})
            WHEN 'MOVED' THEN (
                SELECT lower(r.valid) FROM {relation} AS r
                WHERE r.subordinate = u.id AND r.hierarchy = 'PART_OF' AND (r.valid @> {as_of}) IS TRUE)
        END AS changed_on
    ) AS c
)
SELECT u.id AS unit, u.kind, u.fate, u.name_before, u.name_after,
    before_above.name AS superior_before, after_above.name AS superior_after, c.changed_on,
    coalesce((SELECT array_agg(n.name ORDER BY n.pinyin, n.id) FROM named AS n WHERE n.unit = u.id), '{{}}') AS successors,
    coalesce(
        (SELECT array_agg(o.name ORDER BY o.pinyin, o.id)
         FROM handed AS h
         CROSS JOIN LATERAL (
            SELECT * FROM {organization} AS q WHERE q.id = h.predecessor AND (q.valid @> {as_of}) IS TRUE OFFSET 0
         ) AS o
         WHERE h.successor = u.id),
        '{{}}'
    ) AS predecessors,
    i.number AS instrument_number, i.title AS instrument_title
FROM unit AS u
JOIN changed AS c ON c.id = u.id
LEFT JOIN LATERAL (
    SELECT o.name FROM {organization} AS o WHERE o.id = u.superior_before AND (o.valid @> {before}) IS TRUE OFFSET 0
) AS before_above ON true
LEFT JOIN LATERAL (
    SELECT o.name FROM {organization} AS o WHERE o.id = u.superior_after AND (o.valid @> {as_of}) IS TRUE OFFSET 0
) AS after_above ON true
LEFT JOIN LATERAL (
    SELECT o.instrument FROM {organization} AS o WHERE o.id = u.id AND lower(o.valid) = c.changed_on OFFSET 0
) AS at_change ON true
LEFT JOIN {instrument} AS i ON i.id = at_change.instrument AND i.valid @> {as_of}
ORDER BY array_position(ARRAY['DISSOLVED', 'ESTABLISHED', 'RENAMED', 'MOVED', 'KEPT'], u.fate),
    u.kind, u.pinyin, u.id
