SELECT position, stream_id, version, topic, recorded_at, actor, command_id, cause, corrects, submitter, body
FROM registry.event
ORDER BY stream_id, version
