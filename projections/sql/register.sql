INSERT INTO registry.projection (name, fingerprint) VALUES ($1, $2)
