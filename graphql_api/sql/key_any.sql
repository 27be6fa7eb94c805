SELECT count(*) AS issued FROM registry.api_key
