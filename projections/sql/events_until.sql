-- The whole past, up to $2, of every stream that has events after $1 and up to $2.
SELECT position, stream_id, version, topic, recorded_at, actor, command_id, cause, corrects, submitter, body
FROM registry.event
WHERE position <= $2 AND stream_id IN (SELECT e.stream_id FROM registry.event AS e WHERE e.position > $1 AND e.position <= $2)
ORDER BY stream_id, version
