-- believed: secondment, organization, instrument
-- Written by hand: the organizations are few, so each is looked up by its id; nothing else is read of them.
WITH RECURSIVE shown AS (
    SELECT s.*, n.name AS person_name, d.duty, h.name AS home_name, t.name AS host_name, i.number, i.title
    FROM secondment AS s
    LEFT JOIN person_private AS n ON n.person = s.person AND n.valid @> $1::date
    LEFT JOIN secondment_private AS d ON d.secondment = s.id AND d.valid @> $1::date
    LEFT JOIN LATERAL (
        SELECT o.name FROM organization AS o WHERE o.id = s.home AND (o.valid @> $1::date) IS TRUE OFFSET 0
    ) AS h ON true
    LEFT JOIN LATERAL (
        SELECT o.name FROM organization AS o WHERE o.id = s.host AND (o.valid @> $1::date) IS TRUE OFFSET 0
    ) AS t ON true
    LEFT JOIN instrument AS i ON i.id = s.instrument AND i.valid @> $1::date
    WHERE s.valid @> $1::date
    ORDER BY s.ended_on IS NOT NULL, s.begun_on, s.id
)
SELECT json_build_object('rows', coalesce(json_agg(t), '[]')) FROM (
    SELECT person_name AS "personName", basis, direction, home_name AS "homeName", host_name AS "hostName", duty,
        begun_on AS "begunOn", until, ended_on AS "endedOn", ended_on IS NULL AS "underWay",
        CASE WHEN ended_on IS NULL THEN until - $1::date END AS "daysLeft",
        number AS "instrumentNumber", title AS "instrumentTitle", illustrative
    FROM shown
) AS t
