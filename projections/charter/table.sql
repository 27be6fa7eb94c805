CREATE TABLE charter (
    organization  uuid        NOT NULL,
    title         text        NOT NULL,
    adopted_on    date        NOT NULL,
    approved_on   date,
    sha256        text,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (organization, valid WITHOUT OVERLAPS),
    CONSTRAINT charter_within_life FOREIGN KEY (organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX charter_organization ON charter (organization);

CREATE TABLE charter_past (
    LIKE charter,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE charter_past DROP COLUMN recorded_from;
CREATE INDEX charter_past_organization ON charter_past (organization);
