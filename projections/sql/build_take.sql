-- The next task that nobody works on, of the first stage in which some is not done: stages follow one another.
SELECT place, stage, made, first, until, events
FROM build_task
WHERE NOT done AND stage = (SELECT min(stage) FROM build_task WHERE NOT done)
ORDER BY place
LIMIT 1
FOR UPDATE SKIP LOCKED
