SELECT master, count(*) AS keys FROM registry.person_key GROUP BY master ORDER BY master NULLS LAST
