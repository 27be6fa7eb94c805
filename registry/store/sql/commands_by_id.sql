SELECT id, digest, outcome, refusal, first_position, last_position, recorded_at
FROM registry.command
WHERE id = ANY ($1::uuid[])
