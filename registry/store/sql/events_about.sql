-- Whatever stands in a person's own streams, or names the person wherever it stands: as whose data is sealed, or beside
-- that. The log is read whole: this is asked rarely, and nothing may be missed.
SELECT e.position, e.stream_id, e.version, e.topic, e.recorded_at, e.actor, e.command_id, e.cause, e.corrects, e.submitter, e.body
FROM registry.event AS e
WHERE e.stream_id = ANY ($1::uuid[]) OR EXISTS (
    SELECT FROM unnest($1::uuid[]) AS of (person)
    WHERE position(convert_to('"' || of.person || '"', 'UTF8') IN e.body) > 0
)
ORDER BY e.position
