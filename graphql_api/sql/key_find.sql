SELECT
    digest, label, role,
    last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute' AS unseen
FROM registry.api_key
WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp())
