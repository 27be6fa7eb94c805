CREATE TABLE term (
    id            uuid        NOT NULL,
    body          uuid        NOT NULL,
    number        integer     NOT NULL CHECK (number > 0),
    opened_on     date        NOT NULL,
    planned_end   date,
    renews        uuid,
    ended         boolean     NOT NULL,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    -- A term that ended still says whose it was, but the body sits for it no more.
    sits          uuid        GENERATED ALWAYS AS (CASE WHEN NOT ended THEN body END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT term_one_at_a_time EXCLUDE USING gist (sits WITH =, valid WITH &&),
    CONSTRAINT term_within_life_of_body FOREIGN KEY (sits, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX term_id ON term (id);
CREATE INDEX term_body ON term (body);

CREATE TABLE term_past (
    LIKE term,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE term_past DROP COLUMN recorded_from, DROP COLUMN sits;
CREATE INDEX term_past_id ON term_past (id);
CREATE INDEX term_past_body ON term_past (body);
