CREATE TABLE milestone (
    measure       uuid        NOT NULL,
    name          text        NOT NULL,
    due           date        NOT NULL,
    reached_on    date,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (measure, name, valid WITHOUT OVERLAPS),
    CONSTRAINT milestone_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX milestone_measure ON milestone (measure);

CREATE TABLE milestone_past (
    LIKE milestone,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE milestone_past DROP COLUMN recorded_from;
CREATE INDEX milestone_past_measure ON milestone_past (measure);
