SELECT value, master FROM registry.secret WHERE name = $1
