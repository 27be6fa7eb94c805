CREATE TABLE employment (
    person        uuid        NOT NULL,
    employment    uuid        NOT NULL,
    employer      uuid,
    employer_name text,
    sector        text        NOT NULL,
    title         text,
    leading_      boolean,
    primary_      boolean     NOT NULL,
    staffing      text,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (person, employment, valid WITHOUT OVERLAPS),
    CONSTRAINT employment_primary_once EXCLUDE USING gist (person WITH =, valid WITH &&) WHERE (primary_),
    CONSTRAINT employment_within_life_of_person FOREIGN KEY (person, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT employment_within_life_of_employer FOREIGN KEY (employer, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX employment_employer ON employment (employer);
CREATE INDEX employment_employer_name ON employment (employer_name);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX employment_person ON employment (person);

CREATE TABLE employment_past (
    LIKE employment,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE employment_past DROP COLUMN recorded_from;
CREATE INDEX employment_past_person ON employment_past (person);
CREATE INDEX employment_past_employer ON employment_past (employer);
