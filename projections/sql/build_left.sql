SELECT
    coalesce(sum(events) FILTER (WHERE stage = 0 AND done), 0)::bigint AS filled,
    coalesce(sum(events) FILTER (WHERE stage = 0), 0)::bigint AS to_fill,
    count(*) FILTER (WHERE stage > 0 AND done) AS made,
    count(*) FILTER (WHERE stage > 0) AS to_make,
    count(*) FILTER (WHERE NOT done) AS left_over
FROM build_task
