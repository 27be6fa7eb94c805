-- Whoever has several seats is one person: in the population by any of them, and counted if by any one in it.
SELECT p.rule, p.side, p.subject, p.element,
    CASE WHEN bool_or(p.member) THEN true END AS member,
    CASE
        WHEN bool_or(p.member) THEN
            CASE
                WHEN bool_or(p.member AND p.counted) THEN true
                WHEN NOT bool_or((p.member AND p.counted) IS NULL) THEN false
            END
        WHEN bool_and(p.counted IS TRUE) THEN true
        WHEN bool_and(p.counted IS FALSE) THEN false
    END AS counted
FROM (
    SELECT q.rule, q.side, s.id AS subject, h.person AS element, {member} AS member, {counted} AS counted
    FROM (VALUES {branches}) AS q (branch, rule, side, level, hierarchy)
    JOIN subjects AS s ON s.rule = q.rule
    JOIN reached AS x ON x.root = s.id AND x.level <= q.level
    JOIN holder AS h ON h.organization = x.part
) AS p
WHERE p.member IS NOT FALSE
GROUP BY p.rule, p.side, p.subject, p.element
