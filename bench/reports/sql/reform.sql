-- believed: organization, relation, life, function, holding, succession, instrument
-- Written by hand: a chart of departments is small, so everything is looked up by id.
WITH RECURSIVE root AS (
    SELECT id FROM organization
    WHERE valid @> $1::date AND kind = 'ASSOCIATION' AND status NOT IN ('DISSOLVED', 'REVOKED')
    ORDER BY tier IS NOT DISTINCT FROM 'MUNICIPAL' DESC, code, id LIMIT 1
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
    LEFT JOIN organization AS old
        ON old.id = p.id AND old.valid @> $3::date AND old.status NOT IN ('DISSOLVED', 'REVOKED')
    LEFT JOIN organization AS new
        ON new.id = p.id AND new.valid @> $1::date AND new.status NOT IN ('DISSOLVED', 'REVOKED')
    LEFT JOIN relation AS above_old ON above_old.subordinate = p.id AND above_old.hierarchy = 'PART_OF'
        AND above_old.valid @> $3::date
    LEFT JOIN relation AS above_new ON above_new.subordinate = p.id AND above_new.hierarchy = 'PART_OF'
        AND above_new.valid @> $1::date
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
    JOIN organization AS o ON o.id = h.id AND o.valid @> $1::date AND o.status NOT IN ('DISSOLVED', 'REVOKED')
    GROUP BY h.unit
),
predecessors AS (
    SELECT h.successor AS unit, array_agg(o.name ORDER BY o.pinyin, o.id) AS names
    FROM handed AS h
    JOIN organization AS o ON o.id = h.predecessor AND o.valid @> $1::date
    GROUP BY h.successor
),
changed AS (
    SELECT u.*, CASE u.fate
        WHEN 'DISSOLVED' THEN (SELECT lower(o.valid) FROM organization AS o WHERE o.id = u.id AND o.valid @> $1::date)
        WHEN 'ESTABLISHED' THEN (SELECT lower(l.valid) FROM life AS l WHERE l.id = u.id AND l.valid @> $1::date)
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
            LEFT JOIN organization AS above_before
                ON above_before.id = u.superior_before AND above_before.valid @> $3::date
            LEFT JOIN organization AS above_after
                ON above_after.id = u.superior_after AND above_after.valid @> $1::date
            LEFT JOIN organization AS at ON at.id = u.id AND lower(at.valid) = u.changed_on
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
            JOIN organization AS o ON o.id = h.holder AND o.valid @> lower(h.valid)
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
            LEFT JOIN organization AS o ON o.id = last.holder AND o.valid @> (last.until - 1)
            WHERE f.valid @> $1::date AND NOT f.retired AND now.function IS NULL
                AND (last.holder IS NULL OR last.holder IN (SELECT id FROM part))
            ORDER BY f.pinyin, f.id
        ) AS t
    )
)
