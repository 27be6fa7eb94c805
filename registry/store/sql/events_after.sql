SELECT position, stream_id, version, topic, recorded_at, actor, command_id, cause, corrects, submitter, body
FROM registry.event
WHERE position > $1
ORDER BY position
LIMIT $2
