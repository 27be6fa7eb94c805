INSERT INTO registry.access (recorded_at, actor, kind, operation, fields, persons, roots, rows)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
