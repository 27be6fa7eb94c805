CREATE TABLE progress (
    measure       uuid        NOT NULL,
    position      bigint      NOT NULL,
    reported_on   date        NOT NULL,
    percent       integer,
    note          text,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (measure, position, valid WITHOUT OVERLAPS),
    CONSTRAINT progress_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX progress_measure ON progress (measure);

CREATE TABLE progress_past (
    LIKE progress,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE progress_past DROP COLUMN recorded_from;
CREATE INDEX progress_past_measure ON progress_past (measure);
