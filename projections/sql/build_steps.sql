INSERT INTO build_task (place, stage, made)
SELECT (SELECT coalesce(max(place), 0) FROM build_task) + made.place, made.stage, made.statement
FROM unnest($1::integer[], $2::text[]) WITH ORDINALITY AS made (stage, statement, place)
