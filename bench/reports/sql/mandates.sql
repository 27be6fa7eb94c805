-- believed: mandate, mandate_review, organization, instrument
-- Written by hand: reviews are numbered and the last one kept in one pass.
WITH RECURSIVE review AS (
    SELECT DISTINCT ON (mandate) mandate, reviewed_on, finding, passed,
        count(*) OVER (PARTITION BY mandate) AS reviews
    FROM mandate_review
    WHERE valid @> $1::date
    ORDER BY mandate, reviewed_on DESC, position DESC
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT m.name, m.category, h.name AS "holderName", g.name AS "grantorName", m.status,
        m.granted_on AS "grantedOn", m.until,
        CASE WHEN m.status = 'ACTIVE' THEN m.until - $1::date END AS "daysLeft", m.ended_on AS "endedOn",
        coalesce(r.reviews, 0) AS reviews, r.reviewed_on AS "reviewedOn", r.passed, r.finding,
        i.number AS "instrumentNumber", i.title AS "instrumentTitle", m.illustrative
    FROM mandate AS m
    LEFT JOIN organization AS h ON h.id = m.holder AND h.valid @> $1::date
    LEFT JOIN organization AS g ON g.id = m.grantor AND g.valid @> $1::date
    LEFT JOIN review AS r ON r.mandate = m.id
    LEFT JOIN instrument AS i ON i.id = m.instrument AND i.valid @> $1::date
    WHERE m.valid @> $1::date
    ORDER BY array_position(ARRAY['ACTIVE', 'EXPIRED', 'REVOKED'], m.status), h.pinyin, m.pinyin, m.id
) AS t
