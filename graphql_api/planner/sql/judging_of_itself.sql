SELECT p.* FROM (
    SELECT q.rule, q.side, s.id AS subject, o.id AS element, {member} AS member, {counted} AS counted
    FROM (VALUES {branches}) AS q (branch, rule, side, level, hierarchy)
    JOIN subjects AS s ON s.rule = q.rule
    JOIN {organization} AS o ON o.id = s.id AND coalesce(o.valid @> {as_of}, false)
) AS p
WHERE p.member IS NOT FALSE
