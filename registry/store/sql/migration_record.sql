INSERT INTO registry.migration (number, name, sha256) VALUES ($1, $2, $3)
