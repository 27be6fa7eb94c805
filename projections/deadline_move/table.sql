CREATE TABLE deadline_move (
    measure          uuid        NOT NULL,
    position         bigint      NOT NULL,
    moved_on         date        NOT NULL,
    before           date,
    before_precision text,
    after            date,
    after_precision  text,
    reason           text,
    instrument       uuid,
    valid            daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from    timestamptz NOT NULL,
    PRIMARY KEY (measure, position, valid WITHOUT OVERLAPS),
    CONSTRAINT deadline_move_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX deadline_move_measure ON deadline_move (measure);

CREATE TABLE deadline_move_past (
    LIKE deadline_move,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE deadline_move_past DROP COLUMN recorded_from;
CREATE INDEX deadline_move_past_measure ON deadline_move_past (measure);
