WITH held AS (
    SELECT h.function, h.holder, h.instrument, h.clause, h.valid
    FROM {holding} AS h
    WHERE h.valid && daterange(least({before}, {as_of}), greatest({before}, {as_of}), '[]')
)
SELECT f.id AS function, f.name, o.name AS holder, lower(h.valid) AS held_from, upper(h.valid) AS held_until,
    i.number AS instrument_number, i.title AS instrument_title, h.clause,
    h.valid @> {before} AS on_first_day, h.valid @> {as_of} AS on_last_day, f.emphasized, f.illustrative
FROM held AS h
JOIN {function} AS f ON f.id = h.function AND f.valid @> {as_of}
CROSS JOIN LATERAL (
    SELECT q.name FROM {organization} AS q WHERE q.id = h.holder AND (q.valid @> lower(h.valid)) IS TRUE OFFSET 0
) AS o
LEFT JOIN {instrument} AS i ON i.id = h.instrument AND i.valid @> {as_of}
WHERE h.function IN (
    SELECT t.function FROM held AS t WHERE t.holder IN (SELECT p.id FROM part AS p)
)
ORDER BY f.pinyin, f.id, lower(h.valid)
