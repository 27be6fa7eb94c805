SELECT count(*) AS issued FROM registry.token
