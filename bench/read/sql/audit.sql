-- believed:
-- The newest 50 events by the actor $3.
SELECT json_build_object('data', json_build_object('auditLog', json_build_object('nodes', coalesce(json_agg(
    json_build_object(
        'position', e.position,
        'recordedAt', e.recorded_at,
        'effectiveOn', e.effective_on,
        'topic', e.topic,
        'actor', e.actor,
        'commandId', e.command_id,
        'stream', e.stream_id,
        'version', e.version
    ) ORDER BY e.position DESC
), '[]'))))::text
FROM (
    SELECT * FROM registry.event WHERE actor = $3::text ORDER BY position DESC LIMIT 50
) AS e
