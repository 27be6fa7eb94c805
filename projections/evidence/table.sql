CREATE TABLE evidence (
    measure       uuid        NOT NULL,
    cited         bigint      NOT NULL,
    note          text,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (measure, cited, valid WITHOUT OVERLAPS),
    CONSTRAINT evidence_within_life FOREIGN KEY (measure, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX evidence_measure ON evidence (measure);

CREATE TABLE evidence_past (
    LIKE evidence,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE evidence_past DROP COLUMN recorded_from;
CREATE INDEX evidence_past_measure ON evidence_past (measure);
