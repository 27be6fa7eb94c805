-- Move closed beliefs of {table} to {table}_past. A row is found by its entity, its keys and the day it begins.
-- Keys and days are compared so that no index serves them: whoever ends five thousand relations to one superior would
-- find each of them by looking at all of them, and nearly all rows hold on any day; an entity's own rows are few.
WITH closed AS (
    DELETE FROM {table} AS t
    USING unnest($1::uuid[], $2::date[], $3::timestamptz[]{key_arrays}) AS c (entity, begins, closed_at{key_names})
    -- Each is looked up by itself: a plan for the join, made while the table was small, would read the whole index ever
    -- after. What was found stays where it is: whoever closes holds the log's head.
    CROSS JOIN LATERAL (
        SELECT t.ctid AS place FROM {table} AS t
        WHERE t.{entity} = c.entity AND lower(t.valid) = c.begins{key_matches}
        OFFSET 0
    ) AS found
    WHERE t.ctid = found.place
    RETURNING {row_columns}, t.valid, t.recorded_from, c.closed_at
)
INSERT INTO {table}_past ({columns}, valid, recorded)
SELECT {columns}, valid, tstzrange(recorded_from, closed_at) FROM closed
