SELECT stream_id, version, topic, body
FROM registry.event
WHERE stream_id = $1 AND version > $2 AND version <= $3
ORDER BY version
LIMIT $4
