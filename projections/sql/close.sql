-- Move closed beliefs of {table} to {table}_past. A row is found by its entity, its keys and the day it begins.
WITH closed AS (
    DELETE FROM {table} AS t
    USING unnest($1::uuid[], $2::date[], $3::timestamptz[]{key_arrays}) AS c (entity, begins, closed_at{key_names})
    WHERE t.{entity} = c.entity AND t.valid @> c.begins{key_matches}
    RETURNING {row_columns}, t.valid, t.recorded_from, c.closed_at
)
INSERT INTO {table}_past ({columns}, valid, recorded)
SELECT {columns}, valid, tstzrange(recorded_from, closed_at) FROM closed
