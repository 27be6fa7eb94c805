WITH ended AS (DELETE FROM registry.session WHERE expires_at <= clock_timestamp())
INSERT INTO registry.session (digest, subject, shown, expires_at)
VALUES ($1, $2, $3, clock_timestamp() + $4::interval)
