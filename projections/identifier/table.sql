CREATE TABLE identifier (
    entity        uuid        NOT NULL,
    scheme        text        NOT NULL,
    value         text        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    CONSTRAINT identifier_unique_among_the_living EXCLUDE USING gist (scheme WITH =, value WITH =, valid WITH &&),
    CONSTRAINT identifier_within_life FOREIGN KEY (entity, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX identifier_entity ON identifier (entity);
CREATE INDEX identifier_value ON identifier (scheme, value);

CREATE TABLE identifier_past (
    LIKE identifier,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE identifier_past DROP COLUMN recorded_from;
CREATE INDEX identifier_past_entity ON identifier_past (entity);
CREATE INDEX identifier_past_value ON identifier_past (scheme, value);
