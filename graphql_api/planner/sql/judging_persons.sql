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
FROM ({rows}) AS p
GROUP BY p.rule, p.side, p.subject, p.element
