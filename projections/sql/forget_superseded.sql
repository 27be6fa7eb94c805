-- Sets not in use any more, or not yet. Whoever builds one holds its row for as long as he holds its tables.
DELETE FROM registry.projection WHERE name <> $1 RETURNING name
