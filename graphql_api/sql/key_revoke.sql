UPDATE registry.api_key SET revoked_at = clock_timestamp() WHERE label = $1 AND revoked_at IS NULL
