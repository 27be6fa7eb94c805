-- A day or an instant that no program can hold is read as the last or the first that it can: whoever wrote such a
-- one into a row must not keep the rest from being read. audit_beyond.sql finds it.
SELECT position, stream_id, version, topic,
    greatest(least(effective_on, '9999-12-31'), '0001-01-01') AS effective_on,
    greatest(least(recorded_at, '9999-12-31 23:59:59.999999+00'), '0001-01-01 00:00:00+00') AS recorded_at,
    actor, command_id, cause, corrects, instrument, body, submitter, leaf_hash
FROM registry.event
WHERE position > $1 AND position <= $2
ORDER BY position
