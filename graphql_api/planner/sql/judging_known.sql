SELECT s.person, s.day, s.person AS record FROM {seat} AS s
UNION
SELECT s.person, s.day, x.alias FROM {seat} AS s JOIN {person_alias} AS x ON x.canonical = s.person
