SELECT p.* FROM (
    SELECT q.rule, q.side, s.id AS subject, m.id AS element, {member} AS member, {counted} AS counted
    FROM (VALUES {branches}) AS q (branch, rule, side, level, hierarchy)
    JOIN subjects AS s ON s.rule = q.rule
    JOIN {measure} AS m ON coalesce(m.valid @> {as_of}, false) AND m.stage <> 'CANCELLED'
        AND coalesce({lead} IN (SELECT w.id FROM parts_of AS w WHERE w.root = s.id), true)
) AS p
WHERE p.member IS NOT FALSE
