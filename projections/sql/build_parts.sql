-- Streams from one id up to another, each part of some $1 events; the last one ends where no stream can be.
WITH numbered (stream_id, number) AS (
    SELECT stream_id, row_number() OVER (ORDER BY stream_id, version) FROM registry.event
), bound (first) AS (
    SELECT DISTINCT stream_id FROM numbered WHERE number % $1 = 0
    UNION
    SELECT '00000000-0000-0000-0000-000000000000'
)
INSERT INTO build_task (place, stage, first, until, events)
SELECT
    row_number() OVER (ORDER BY first), 0, first,
    lead(first, 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff') OVER (ORDER BY first),
    $1
FROM bound
