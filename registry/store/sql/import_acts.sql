SELECT event.stream_id, event.position, event.version = 1 AS begins
FROM registry.import_batch AS batch
CROSS JOIN LATERAL unnest(batch.commands) AS sent (id)
JOIN registry.command ON command.id = sent.id
JOIN registry.event ON event.position = command.first_position
WHERE batch.import_id = $1 AND event.position < $2
ORDER BY event.position DESC
LIMIT $3
