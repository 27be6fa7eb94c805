INSERT INTO registry.api_key (id, digest, label, role, expires_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (label) WHERE revoked_at IS NULL DO NOTHING
RETURNING id
