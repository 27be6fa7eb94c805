-- One that ended is shown as it was; what it pointed at may be gone by then, so only the living days refer to it.
CREATE TABLE secondment (
    id            uuid        NOT NULL,
    person        uuid        NOT NULL,
    home          uuid        NOT NULL,
    host          uuid        NOT NULL CHECK (host <> home),
    direction     text        NOT NULL,
    basis         text        NOT NULL,
    begun_on      date        NOT NULL,
    until         date,
    ended_on      date,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    living        daterange   GENERATED ALWAYS AS (CASE WHEN ended_on IS NULL THEN valid END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT secondment_within_life_of_person FOREIGN KEY (person, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT secondment_within_life_of_home FOREIGN KEY (home, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT secondment_within_life_of_host FOREIGN KEY (host, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX secondment_id ON secondment (id);
CREATE INDEX secondment_person ON secondment (person);
CREATE INDEX secondment_home ON secondment (home);
CREATE INDEX secondment_host ON secondment (host);

CREATE TABLE secondment_past (
    LIKE secondment,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE secondment_past DROP COLUMN recorded_from, DROP COLUMN living;
CREATE INDEX secondment_past_id ON secondment_past (id);
CREATE INDEX secondment_past_person ON secondment_past (person);
CREATE INDEX secondment_past_home ON secondment_past (home);
CREATE INDEX secondment_past_host ON secondment_past (host);
