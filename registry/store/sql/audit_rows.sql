SELECT position, stream_id, version, topic, effective_on, recorded_at, actor, command_id, cause, corrects, instrument,
    body, submitter, leaf_hash
FROM registry.event
WHERE position > $1 AND position <= $2
ORDER BY position
