WITH reviews AS (
    SELECT DISTINCT ON (r.mandate) r.mandate, r.reviewed_on, r.finding, r.passed,
        count(*) OVER (PARTITION BY r.mandate) AS reviews
    FROM {mandate_review} AS r
    WHERE r.valid @> {as_of}
    ORDER BY r.mandate, r.reviewed_on DESC, r.position DESC
)
SELECT m.*, h.name AS holder_name, g.name AS grantor_name,
    CASE WHEN m.status = 'ACTIVE' THEN m.until - {as_of} END AS days_left,
    coalesce(r.reviews, 0) AS reviews, r.reviewed_on, r.finding, r.passed,
    i.number AS instrument_number, i.title AS instrument_title
FROM {mandate} AS m
LEFT JOIN {organization} AS h ON h.id = m.holder AND h.valid @> {as_of}
LEFT JOIN {organization} AS g ON g.id = m.grantor AND g.valid @> {as_of}
LEFT JOIN reviews AS r ON r.mandate = m.id
LEFT JOIN {instrument} AS i ON i.id = m.instrument AND i.valid @> {as_of}
WHERE m.valid @> {as_of} AND (NOT {current} OR m.status = 'ACTIVE')
    AND (NOT {rooted} OR m.holder IN (SELECT p.id FROM placed AS p))
ORDER BY array_position(ARRAY['ACTIVE', 'EXPIRED', 'REVOKED'], m.status), h.pinyin, m.pinyin, m.id
