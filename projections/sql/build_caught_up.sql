UPDATE registry.projection SET position = $2 WHERE name = $1
