CREATE TABLE appointment (
    id            uuid        NOT NULL,
    person        uuid        NOT NULL,
    post          uuid        NOT NULL,
    term          uuid,
    mode          text        NOT NULL,
    basis         text        NOT NULL,
    professional  boolean     NOT NULL,
    representing  uuid,
    ended         boolean     NOT NULL,
    end_reason    text,
    made_on       date        NOT NULL,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    -- What is over still says who held what, but hangs on nothing any more.
    holder        uuid        GENERATED ALWAYS AS (CASE WHEN NOT ended THEN person END) STORED,
    seat          uuid        GENERATED ALWAYS AS (CASE WHEN NOT ended THEN post END) STORED,
    sits_for      uuid        GENERATED ALWAYS AS (CASE WHEN NOT ended THEN term END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT appointment_once EXCLUDE USING gist (seat WITH =, holder WITH =, valid WITH &&),
    CONSTRAINT appointment_within_life_of_person FOREIGN KEY (holder, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT appointment_within_life_of_post FOREIGN KEY (seat, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT appointment_within_life_of_term FOREIGN KEY (sits_for, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT appointment_within_life_of_represented FOREIGN KEY (representing, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX appointment_id ON appointment (id);
CREATE INDEX appointment_person ON appointment (person);
CREATE INDEX appointment_post ON appointment (post);
CREATE INDEX appointment_term ON appointment (term);
CREATE INDEX appointment_representing ON appointment (representing) WHERE representing IS NOT NULL;

CREATE TABLE appointment_past (
    LIKE appointment,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE appointment_past DROP COLUMN recorded_from, DROP COLUMN holder, DROP COLUMN seat, DROP COLUMN sits_for;
CREATE INDEX appointment_past_id ON appointment_past (id);
CREATE INDEX appointment_past_person ON appointment_past (person);
CREATE INDEX appointment_past_post ON appointment_past (post);
CREATE INDEX appointment_past_term ON appointment_past (term);
