SELECT m.measure FROM {measure_part} AS m
WHERE m.role <> 'RESPONSIBLE' AND m.assignee IN (SELECT p.id FROM {within} AS p) AND (m.valid @> {today}) IS TRUE
