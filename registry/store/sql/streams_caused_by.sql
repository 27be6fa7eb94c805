-- In the order of the log: whoever looks gets the same drafts, and so the same digest of a preview.
SELECT cause, stream_id
FROM registry.event
WHERE cause = ANY ($1::bigint[])
GROUP BY cause, stream_id
ORDER BY min(position)
