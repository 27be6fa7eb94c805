DELETE FROM registry.projection WHERE name = $1
