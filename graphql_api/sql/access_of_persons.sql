-- Who read restricted data of a person, by any of the person's records, oldest first.
SELECT a.recorded_at, a.actor, a.kind, a.operation, a.fields FROM registry.access AS a
WHERE a.persons && $1::uuid[]
ORDER BY a.id
