CREATE TABLE person_discipline (
    person        uuid        NOT NULL,
    discipline    text        NOT NULL,
    rank          integer     NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (person, discipline, valid WITHOUT OVERLAPS),
    CONSTRAINT person_discipline_within_life FOREIGN KEY (person, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX person_discipline_person ON person_discipline (person);

CREATE TABLE person_discipline_past (
    LIKE person_discipline,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE person_discipline_past DROP COLUMN recorded_from;
CREATE INDEX person_discipline_past_person ON person_discipline_past (person);
