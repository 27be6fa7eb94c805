CREATE TABLE fulfilment (
    measure       uuid        NOT NULL,
    position      bigint      NOT NULL,
    fulfilled_on  date        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (measure, position, valid WITHOUT OVERLAPS),
    CONSTRAINT fulfilment_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX fulfilment_measure ON fulfilment (measure);

CREATE TABLE fulfilment_past (
    LIKE fulfilment,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE fulfilment_past DROP COLUMN recorded_from;
CREATE INDEX fulfilment_past_measure ON fulfilment_past (measure);
