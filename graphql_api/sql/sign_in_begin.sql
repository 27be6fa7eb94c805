WITH forgotten AS (DELETE FROM registry.sign_in WHERE expires_at <= clock_timestamp())
INSERT INTO registry.sign_in (state, browser, next, expires_at)
VALUES ($1, $2, $3, clock_timestamp() + interval '10 minutes')
