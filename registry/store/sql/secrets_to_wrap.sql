-- What API keys are hashed with guards no personal data, and keys are issued where no master key is at hand.
SELECT name, value, master FROM registry.secret
WHERE master IS DISTINCT FROM $1 AND name <> 'api key'
ORDER BY name
FOR UPDATE
