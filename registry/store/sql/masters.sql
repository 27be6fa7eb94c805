SELECT DISTINCT master FROM registry.person_key WHERE master IS NOT NULL
UNION
SELECT master FROM registry.secret WHERE master IS NOT NULL
