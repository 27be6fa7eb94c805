-- believed: organization, relation, life, function, holding, succession, instrument
-- Written by hand: a chart of departments is small, so everything is looked up by id.
WITH RECURSIVE root AS (
    SELECT id FROM organization
    WHERE tier = 'MUNICIPAL' AND valid @> $1::date AND kind = 'ASSOCIATION' AND status NOT IN ('DISSOLVED', 'REVOKED')
    ORDER BY code, id LIMIT 1
),
part (id) AS (
    SELECT id FROM root
  UNION
    SELECT r.subordinate
    FROM part AS p
    JOIN relation AS r ON r.superior = p.id AND r.hierarchy = 'PART_OF'
        AND (r.valid @> $3::date OR r.valid @> $1::date)
),
unit AS MATERIALIZED (
    SELECT p.id, coalesce(new.kind, old.kind) AS kind, old.name AS name_before, new.name AS name_after,
        coalesce(new.pinyin, old.pinyin) AS pinyin, above_old.superior AS superior_before,
        above_new.superior AS superior_after,
        CASE
            WHEN new.id IS NULL THEN 'DISSOLVED'
            WHEN old.id IS NULL THEN 'ESTABLISHED'
            WHEN old.name <> new.name THEN 'RENAMED'
            WHEN above_old.superior IS DISTINCT FROM above_new.superior THEN 'MOVED'
            ELSE 'KEPT'
        END AS fate
    FROM part AS p
    LEFT JOIN LATERAL (
        SELECT o.id, o.kind, o.name, o.pinyin FROM organization AS o
        WHERE o.id = p.id AND (o.valid @> $3::date) IS TRUE AND o.status NOT IN ('DISSOLVED', 'REVOKED') OFFSET 0
    ) AS old ON true
    LEFT JOIN LATERAL (
        SELECT o.id, o.kind, o.name, o.pinyin FROM organization AS o
        WHERE o.id = p.id AND (o.valid @> $1::date) IS TRUE AND o.status NOT IN ('DISSOLVED', 'REVOKED') OFFSET 0
    ) AS new ON true
    LEFT JOIN LATERAL (
        SELECT r.superior FROM relation AS r
        WHERE r.subordinate = p.id AND r.hierarchy = 'PART_OF' AND (r.valid @> $3::date) IS TRUE OFFSET 0
    ) AS above_old ON true
    LEFT JOIN LATERAL (
        SELECT r.superior FROM relation AS r
        WHERE r.subordinate = p.id AND r.hierarchy = 'PART_OF' AND (r.valid @> $1::date) IS TRUE OFFSET 0
    ) AS above_new ON true
    WHERE old.id IS NOT NULL OR new.id IS NOT NULL
),
handed AS MATERIALIZED (
    SELECT predecessor, successor FROM succession WHERE lower(valid) > $3::date AND valid @> $1::date
),
heir (unit, id) AS (
    SELECT predecessor, successor FROM handed
  UNION
    SELECT h.unit, further.successor
    FROM heir AS h
    JOIN handed AS further ON further.predecessor = h.id
    WHERE NOT EXISTS (SELECT FROM life AS l WHERE l.id = h.id AND l.valid @> $1::date)
),
successors AS (
    SELECT h.unit, array_agg(o.name ORDER BY o.pinyin, o.id) AS names
    FROM heir AS h
    CROSS JOIN LATERAL (
        SELECT * FROM organization AS q WHERE q.id = h.id AND (q.valid @> $1::date) IS TRUE OFFSET 0
    ) AS o
    WHERE o.status NOT IN ('DISSOLVED', 'REVOKED')
    GROUP BY h.unit
),
predecessors AS (
    SELECT h.successor AS unit, array_agg(o.name ORDER BY o.pinyin, o.id) AS names
    FROM handed AS h
    CROSS JOIN LATERAL (
        SELECT * FROM organization AS q WHERE q.id = h.predecessor AND (q.valid @> $1::date) IS TRUE OFFSET 0
    ) AS o
    GROUP BY h.successor
),
changed AS (
    SELECT u.*, CASE u.fate
        WHEN 'DISSOLVED' THEN (SELECT lower(o.valid) FROM organization AS o WHERE o.id = u.id AND (o.valid @> $1::date) IS TRUE)
        WHEN 'ESTABLISHED' THEN (SELECT lower(l.valid) FROM life AS l WHERE l.id = u.id AND (l.valid @> $1::date) IS TRUE)
        WHEN 'RENAMED' THEN (
            SELECT min(lower(o.valid)) FROM organization AS o
            WHERE o.id = u.id AND o.name = u.name_after
                AND lower(o.valid) > $3::date AND lower(o.valid) <= $1::date)
        WHEN 'MOVED' THEN (
            SELECT lower(r.valid) FROM relation AS r
            WHERE r.subordinate = u.id AND r.hierarchy = 'PART_OF' AND r.valid @> $1::date)
    END AS changed_on
    FROM unit AS u
),
held AS MATERIALIZED (
    SELECT function, holder, instrument, clause, valid
    FROM holding
    WHERE valid && daterange($3::date, $1::date, '[]')
)
SELECT json_build_object(
    'units', (
        SELECT coalesce(json_agg(t), '[]') FROM (
            SELECT u.fate, u.kind, u.name_before AS "nameBefore", u.name_after AS "nameAfter",
                above_before.name AS "superiorBefore", above_after.name AS "superiorAfter",
                coalesce(p.names, '{}') AS predecessors, coalesce(s.names, '{}') AS successors,
                u.changed_on AS "changedOn", i.number AS "instrumentNumber", i.title AS "instrumentTitle"
            FROM changed AS u
            LEFT JOIN successors AS s ON s.unit = u.id
            LEFT JOIN predecessors AS p ON p.unit = u.id
            LEFT JOIN LATERAL (
                SELECT o.name FROM organization AS o
                WHERE o.id = u.superior_before AND (o.valid @> $3::date) IS TRUE OFFSET 0
            ) AS above_before ON true
            LEFT JOIN LATERAL (
                SELECT o.name FROM organization AS o
                WHERE o.id = u.superior_after AND (o.valid @> $1::date) IS TRUE OFFSET 0
            ) AS above_after ON true
            LEFT JOIN LATERAL (
                SELECT o.instrument FROM organization AS o
                WHERE o.id = u.id AND lower(o.valid) = u.changed_on OFFSET 0
            ) AS at ON true
            LEFT JOIN instrument AS i ON i.id = at.instrument AND i.valid @> $1::date
            ORDER BY array_position(ARRAY['DISSOLVED', 'ESTABLISHED', 'RENAMED', 'MOVED', 'KEPT'], u.fate),
                u.kind, u.pinyin, u.id
        ) AS t
    ),
    'functions', (
        SELECT coalesce(json_agg(t), '[]') FROM (
            SELECT f.name, o.name AS holder, lower(h.valid) AS "heldFrom", upper(h.valid) AS "heldUntil",
                h.valid @> $3::date AS "onFirstDay", h.valid @> $1::date AS "onLastDay",
                i.number AS "instrumentNumber", i.title AS "instrumentTitle", h.clause, f.emphasized, f.illustrative
            FROM held AS h
            JOIN function AS f ON f.id = h.function AND f.valid @> $1::date
            CROSS JOIN LATERAL (
                SELECT q.name FROM organization AS q
                WHERE q.id = h.holder AND (q.valid @> lower(h.valid)) IS TRUE OFFSET 0
            ) AS o
            LEFT JOIN instrument AS i ON i.id = h.instrument AND i.valid @> $1::date
            WHERE h.function IN (SELECT t.function FROM held AS t JOIN part AS p ON p.id = t.holder)
            ORDER BY f.pinyin, f.id, lower(h.valid)
        ) AS t
    ),
    'orphans', (
        SELECT coalesce(json_agg(t), '[]') FROM (
            SELECT f.name, f.description, o.name AS "lastHolder", last.until AS "orphanedSince", f.unspecified,
                f.illustrative
            FROM function AS f
            LEFT JOIN holding AS now ON now.function = f.id AND now.valid @> $1::date
            LEFT JOIN LATERAL (
                SELECT h.holder, upper(h.valid) AS until
                FROM holding AS h
                WHERE h.function = f.id AND upper(h.valid) <= $1::date
                ORDER BY upper(h.valid) DESC LIMIT 1
            ) AS last ON true
            LEFT JOIN LATERAL (
                SELECT q.name FROM organization AS q
                WHERE q.id = last.holder AND (q.valid @> (last.until - 1)) IS TRUE OFFSET 0
            ) AS o ON true
            WHERE f.valid @> $1::date AND NOT f.retired AND now.function IS NULL
                AND (last.holder IS NULL OR last.holder IN (SELECT id FROM part))
            ORDER BY f.pinyin, f.id
        ) AS t
    )
)
