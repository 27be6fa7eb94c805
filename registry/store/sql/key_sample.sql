SELECT DISTINCT ON (master) master, person, wrapped FROM registry.person_key WHERE master IS NOT NULL ORDER BY master, person
