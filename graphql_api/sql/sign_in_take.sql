DELETE FROM registry.sign_in WHERE state = $1
RETURNING browser, next, expires_at > clock_timestamp() AS in_time
