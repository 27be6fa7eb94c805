CREATE TABLE award (
    person        uuid        NOT NULL,
    position      bigint      NOT NULL,
    name          text        NOT NULL,
    grantor       text,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (person, position, valid WITHOUT OVERLAPS),
    CONSTRAINT award_within_life FOREIGN KEY (person, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX award_person ON award (person);

CREATE TABLE award_past (
    LIKE award,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE award_past DROP COLUMN recorded_from;
CREATE INDEX award_past_person ON award_past (person);
