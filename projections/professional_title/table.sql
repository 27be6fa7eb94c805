CREATE TABLE professional_title (
    person        uuid        NOT NULL,
    name          text        NOT NULL,
    level         text        NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (person, name, valid WITHOUT OVERLAPS),
    CONSTRAINT professional_title_within_life FOREIGN KEY (person, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX professional_title_person ON professional_title (person);

CREATE TABLE professional_title_past (
    LIKE professional_title,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE professional_title_past DROP COLUMN recorded_from;
CREATE INDEX professional_title_past_person ON professional_title_past (person);
