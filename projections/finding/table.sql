CREATE TABLE finding (
    measure       uuid        NOT NULL,
    finding       uuid        NOT NULL,
    text          text        NOT NULL,
    due           date,
    found_on      date        NOT NULL,
    closed_on     date,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (measure, finding, valid WITHOUT OVERLAPS),
    CONSTRAINT finding_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX finding_measure ON finding (measure);

CREATE TABLE finding_past (
    LIKE finding,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE finding_past DROP COLUMN recorded_from;
CREATE INDEX finding_past_measure ON finding_past (measure);
