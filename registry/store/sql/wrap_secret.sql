UPDATE registry.secret SET value = $2, master = $3 WHERE name = $1
