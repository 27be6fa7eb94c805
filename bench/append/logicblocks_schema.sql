-- The table that the PostgreSQL adapter of logicblocks-event-store 0.1.11 reads and writes. The
-- package ships no schema; this one has the columns that its statements name and an index for
-- each of their conditions, and no index twice.
CREATE TABLE events (
    sequence_number bigint GENERATED ALWAYS AS IDENTITY,
    id text PRIMARY KEY,
    category text NOT NULL,
    stream text NOT NULL,
    position integer NOT NULL,
    name text NOT NULL,
    payload jsonb NOT NULL,
    observed_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL
);

CREATE INDEX events_by_sequence ON events (sequence_number);
CREATE INDEX events_by_stream ON events (category, stream, position);
CREATE INDEX events_by_category ON events (category, sequence_number);
