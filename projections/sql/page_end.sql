-- Where a page of some $2 events after the position $1 ends: with the command that its last event is of.
SELECT max(e.position)
FROM registry.event AS e
WHERE e.recorded_at = (
    SELECT p.recorded_at FROM registry.event AS p
    WHERE p.position = (SELECT least(h.position, $1::bigint + $2) FROM registry.head AS h)
)
