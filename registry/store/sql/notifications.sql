SELECT position, stream_id, version, topic, body
FROM registry.event
WHERE position >= $1 AND position <= $2 AND (cardinality($3::text[]) = 0 OR topic = ANY ($3))
ORDER BY position
LIMIT $4
