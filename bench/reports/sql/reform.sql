WITH RECURSIVE part (id) AS (
    SELECT id FROM organization
    WHERE valid @> $2::date AND kind = 'ASSOCIATION' AND tier = 'MUNICIPAL' AND status NOT IN ('DISSOLVED', 'REVOKED')
  UNION
    SELECT r.subordinate
    FROM part AS p
    JOIN relation AS r ON r.superior = p.id AND r.hierarchy = 'PART_OF' AND (r.valid @> $1::date OR r.valid @> $2::date)
)
SELECT json_build_array(
    (SELECT json_agg(row_to_json(x)) FROM (
        SELECT u.fate, u.kind, u.name_before AS "nameBefore", u.name_after AS "nameAfter", ab.name AS "superiorBefore",
            aa.name AS "superiorAfter",
            ARRAY(SELECT o.name FROM succession AS h JOIN organization AS o ON o.id = h.predecessor AND o.valid @> $2::date
                WHERE h.successor = u.id AND lower(h.valid) > $1::date AND h.valid @> $2::date ORDER BY o.pinyin, o.id) AS predecessors,
            ARRAY(SELECT o.name FROM succession AS h JOIN organization AS o ON o.id = h.successor AND o.valid @> $2::date
                WHERE h.predecessor = u.id AND lower(h.valid) > $1::date AND h.valid @> $2::date ORDER BY o.pinyin, o.id) AS successors,
            c.changed_on AS "changedOn", i.number AS "instrumentNumber", i.title AS "instrumentTitle"
        FROM (
            SELECT p.id, coalesce(n.kind, o.kind) AS kind, o.name AS name_before, n.name AS name_after,
                coalesce(n.pinyin, o.pinyin) AS pinyin, ro.superior AS before, rn.superior AS after,
                CASE WHEN n.id IS NULL THEN 'DISSOLVED' WHEN o.id IS NULL THEN 'ESTABLISHED'
                    WHEN o.name <> n.name THEN 'RENAMED' WHEN ro.superior IS DISTINCT FROM rn.superior THEN 'MOVED'
                    ELSE 'KEPT' END AS fate
            FROM part AS p
            LEFT JOIN organization AS o ON o.id = p.id AND o.valid @> $1::date AND o.status NOT IN ('DISSOLVED', 'REVOKED')
            LEFT JOIN organization AS n ON n.id = p.id AND n.valid @> $2::date AND n.status NOT IN ('DISSOLVED', 'REVOKED')
            LEFT JOIN relation AS ro ON ro.subordinate = p.id AND ro.hierarchy = 'PART_OF' AND ro.valid @> $1::date
            LEFT JOIN relation AS rn ON rn.subordinate = p.id AND rn.hierarchy = 'PART_OF' AND rn.valid @> $2::date
            WHERE o.id IS NOT NULL OR n.id IS NOT NULL
        ) AS u
        CROSS JOIN LATERAL (SELECT CASE u.fate
            WHEN 'DISSOLVED' THEN (SELECT lower(q.valid) FROM organization AS q WHERE q.id = u.id AND q.valid @> $2::date)
            WHEN 'ESTABLISHED' THEN (SELECT lower(q.valid) FROM life AS q WHERE q.id = u.id AND q.valid @> $2::date)
            WHEN 'RENAMED' THEN (SELECT min(lower(q.valid)) FROM organization AS q
                WHERE q.id = u.id AND q.name = u.name_after AND lower(q.valid) > $1::date AND lower(q.valid) <= $2::date)
            WHEN 'MOVED' THEN (SELECT lower(q.valid) FROM relation AS q
                WHERE q.subordinate = u.id AND q.hierarchy = 'PART_OF' AND q.valid @> $2::date)
        END AS changed_on) AS c
        LEFT JOIN organization AS ab ON ab.id = u.before AND ab.valid @> $1::date
        LEFT JOIN organization AS aa ON aa.id = u.after AND aa.valid @> $2::date
        LEFT JOIN organization AS w ON w.id = u.id AND lower(w.valid) = c.changed_on
        LEFT JOIN instrument AS i ON i.id = w.instrument AND i.valid @> $2::date
        ORDER BY array_position(ARRAY['DISSOLVED', 'ESTABLISHED', 'RENAMED', 'MOVED', 'KEPT'], u.fate), u.kind, u.pinyin, u.id
    ) AS x),
    (SELECT json_agg(row_to_json(x)) FROM (
        SELECT f.name, o.name AS holder, lower(h.valid) AS "heldFrom", upper(h.valid) AS "heldUntil",
            h.valid @> $1::date AS "onFirstDay", h.valid @> $2::date AS "onLastDay", i.number AS "instrumentNumber",
            i.title AS "instrumentTitle", h.clause, f.emphasized, f.illustrative
        FROM holding AS h
        JOIN function AS f ON f.id = h.function AND f.valid @> $2::date
        JOIN organization AS o ON o.id = h.holder AND o.valid @> lower(h.valid)
        LEFT JOIN instrument AS i ON i.id = h.instrument AND i.valid @> $2::date
        WHERE h.valid && daterange($1::date, $2::date, '[]') AND h.function IN (
            SELECT t.function FROM holding AS t
            WHERE t.valid && daterange($1::date, $2::date, '[]') AND t.holder IN (SELECT id FROM part))
        ORDER BY f.pinyin, f.id, lower(h.valid)
    ) AS x),
    (SELECT coalesce(json_agg(row_to_json(x)), '[]') FROM (
        SELECT f.name, f.description, o.name AS "lastHolder", g.until AS "orphanedSince", f.unspecified, f.illustrative
        FROM function AS f
        LEFT JOIN LATERAL (SELECT h.holder, upper(h.valid) AS until FROM holding AS h
            WHERE h.function = f.id AND upper(h.valid) <= $2::date ORDER BY upper(h.valid) DESC LIMIT 1) AS g ON true
        LEFT JOIN organization AS o ON o.id = g.holder AND o.valid @> (g.until - 1)
        WHERE f.valid @> $2::date AND NOT f.retired AND (g.holder IS NULL OR g.holder IN (SELECT id FROM part))
            AND NOT EXISTS (SELECT FROM holding AS h WHERE h.function = f.id AND h.valid @> $2::date)
        ORDER BY f.pinyin, f.id
    ) AS x)
)
