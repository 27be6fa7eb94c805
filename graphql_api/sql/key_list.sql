SELECT id, label, role, created_at, expires_at, last_used_at, revoked_at
FROM registry.api_key
ORDER BY created_at, id
