SELECT json_agg(row_to_json(x)) FROM (
    SELECT (SELECT p.name FROM person_private AS p WHERE p.person = s.person AND p.valid @> $1::date) AS "personName",
        s.basis, s.direction, h.name AS "homeName", t.name AS "hostName", d.duty, s.begun_on AS "begunOn", s.until,
        s.ended_on AS "endedOn", s.ended_on IS NULL AS "underWay",
        CASE WHEN s.ended_on IS NULL THEN s.until - $1::date END AS "daysLeft",
        i.number AS "instrumentNumber", i.title AS "instrumentTitle", s.illustrative
    FROM secondment AS s
    LEFT JOIN secondment_private AS d ON d.secondment = s.id AND d.valid @> $1::date
    LEFT JOIN organization AS h ON h.id = s.home AND h.valid @> $1::date
    LEFT JOIN organization AS t ON t.id = s.host AND t.valid @> $1::date
    LEFT JOIN instrument AS i ON i.id = s.instrument AND i.valid @> $1::date
    WHERE s.valid @> $1::date
    ORDER BY s.ended_on IS NOT NULL, s.begun_on, s.id
) AS x
