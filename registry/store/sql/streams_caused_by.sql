SELECT DISTINCT cause, stream_id FROM registry.event WHERE cause = ANY ($1::bigint[])
