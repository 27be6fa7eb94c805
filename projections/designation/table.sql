CREATE TABLE designation (
    organization  uuid        NOT NULL,
    name          text        NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (organization, name, valid WITHOUT OVERLAPS),
    CONSTRAINT designation_within_life FOREIGN KEY (organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX designation_organization ON designation (organization);

CREATE TABLE designation_past (
    LIKE designation,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE designation_past DROP COLUMN recorded_from;
CREATE INDEX designation_past_organization ON designation_past (organization);
