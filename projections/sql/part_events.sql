SELECT position, stream_id, version, topic, recorded_at, actor, command_id, cause, corrects, submitter, body
FROM registry.event
WHERE stream_id >= $1 AND stream_id < $2 AND position <= $3
ORDER BY stream_id, version
