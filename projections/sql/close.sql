-- Move closed beliefs of {table} to {table}_past. A row is found by its entity, its keys and the day it begins.
-- Keys are compared so that no index serves them: whoever ends five thousand relations to one superior would find each
-- of them by looking at all of them, an entity's own rows are few.
WITH closed AS (
    DELETE FROM {table} AS t
    USING unnest($1::uuid[], $2::date[], $3::timestamptz[]{key_arrays}) AS c (entity, begins, closed_at{key_names})
    WHERE t.{entity} = c.entity AND t.valid @> c.begins{key_matches}
    RETURNING {row_columns}, t.valid, t.recorded_from, c.closed_at
)
INSERT INTO {table}_past ({columns}, valid, recorded)
SELECT {columns}, valid, tstzrange(recorded_from, closed_at) FROM closed
