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
    JOIN member AS h ON h.organization = s.id
) AS p
WHERE p.member IS NOT FALSE
GROUP BY p.rule, p.side, p.subject, p.element
