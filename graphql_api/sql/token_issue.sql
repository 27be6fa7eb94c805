INSERT INTO registry.token (digest, label, role, expires_at) VALUES ($1, $2, $3, $4)
