SELECT stream_id, bool_or(topic = ANY ($3::text[])) AS erasing
FROM registry.event
WHERE position > $1 AND position <= $2
GROUP BY stream_id
