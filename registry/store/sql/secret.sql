SELECT value FROM registry.secret WHERE name = $1
