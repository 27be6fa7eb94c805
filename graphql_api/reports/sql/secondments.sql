SELECT s.*, coalesce(n.name, registry.erased_name(s.person)) AS person_name, d.duty, h.name AS home_name, t.name AS host_name,
    CASE WHEN s.ended_on IS NULL THEN s.until - {as_of} END AS days_left,
    i.number AS instrument_number, i.title AS instrument_title
FROM {secondment} AS s
LEFT JOIN {latest_person_private} AS n ON n.person = s.person AND (n.valid @> {as_of}) IS TRUE
LEFT JOIN {latest_secondment_private} AS d ON d.secondment = s.id AND d.valid @> {as_of}
LEFT JOIN LATERAL (
    SELECT o.name FROM {organization} AS o WHERE o.id = s.home AND (o.valid @> {as_of}) IS TRUE OFFSET 0
) AS h ON true
LEFT JOIN LATERAL (
    SELECT o.name FROM {organization} AS o WHERE o.id = s.host AND (o.valid @> {as_of}) IS TRUE OFFSET 0
) AS t ON true
LEFT JOIN {instrument} AS i ON i.id = s.instrument AND i.valid @> {as_of}
WHERE s.valid @> {as_of} AND (NOT {current} OR s.ended_on IS NULL)
    AND (NOT {rooted} OR s.home IN (SELECT p.id FROM placed AS p) OR s.host IN (SELECT p.id FROM placed AS p))
ORDER BY s.ended_on IS NOT NULL, s.begun_on, s.id
