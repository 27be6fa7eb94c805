-- Locked, so that a key that is being destroyed is not written back.
SELECT person, wrapped, master FROM registry.person_key WHERE master <> $1 ORDER BY person LIMIT $2 FOR UPDATE
