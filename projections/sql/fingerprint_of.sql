SELECT fingerprint FROM registry.projection WHERE name = $1
