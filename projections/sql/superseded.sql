SELECT name FROM registry.projection WHERE name <> $1
