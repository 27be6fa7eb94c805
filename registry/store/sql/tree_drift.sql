SELECT
    h.position AS head,
    (SELECT coalesce(max(e.position), 0) FROM registry.event AS e) AS last,
    (SELECT count(*) FROM registry.event) AS events,
    (SELECT max(c.size) FROM registry.checkpoint AS c) AS signed
FROM registry.head AS h
