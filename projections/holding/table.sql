CREATE TABLE holding (
    function      uuid        NOT NULL,
    holder        uuid        NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    clause        text,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (function, valid WITHOUT OVERLAPS),
    CONSTRAINT holding_within_life_of_function FOREIGN KEY (function, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT holding_within_life_of_holder FOREIGN KEY (holder, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX holding_holder ON holding (holder);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX holding_function ON holding (function);

CREATE TABLE holding_past (
    LIKE holding,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE holding_past DROP COLUMN recorded_from;
CREATE INDEX holding_past_function ON holding_past (function);
CREATE INDEX holding_past_holder ON holding_past (holder);
