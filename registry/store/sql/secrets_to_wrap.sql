SELECT name, value, master FROM registry.secret WHERE master IS DISTINCT FROM $1 ORDER BY name FOR UPDATE
