SELECT subject, shown, seen_at < clock_timestamp() - interval '1 minute' AS unseen
FROM registry.session
WHERE digest = $1 AND expires_at > clock_timestamp() AND seen_at > clock_timestamp() - $2::interval
