CREATE TABLE enrollment (
    programme     uuid        NOT NULL,
    organization  uuid        NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (programme, organization, valid WITHOUT OVERLAPS),
    CONSTRAINT enrollment_within_life_of_programme FOREIGN KEY (programme, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT enrollment_within_life_of_organization FOREIGN KEY (organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX enrollment_programme ON enrollment (programme);
CREATE INDEX enrollment_organization ON enrollment (organization);

CREATE TABLE enrollment_past (
    LIKE enrollment,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE enrollment_past DROP COLUMN recorded_from;
CREATE INDEX enrollment_past_programme ON enrollment_past (programme);
CREATE INDEX enrollment_past_organization ON enrollment_past (organization);
