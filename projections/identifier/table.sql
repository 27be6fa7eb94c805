CREATE TABLE identifier (
    entity        uuid        NOT NULL,
    scheme        text        NOT NULL,
    value         text        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    -- A GiST index over text of any length takes four times as long to keep as one over 16 bytes.
    digest        uuid        NOT NULL GENERATED ALWAYS AS (md5(scheme || chr(31) || value)::uuid) STORED,
    CONSTRAINT identifier_unique_among_the_living EXCLUDE USING gist (digest WITH =, valid WITH &&),
    CONSTRAINT identifier_within_life FOREIGN KEY (entity, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX identifier_entity ON identifier (entity);
CREATE INDEX identifier_value ON identifier (scheme, value);

CREATE TABLE identifier_past (
    LIKE identifier,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE identifier_past DROP COLUMN recorded_from, DROP COLUMN digest;
CREATE INDEX identifier_past_entity ON identifier_past (entity);
CREATE INDEX identifier_past_value ON identifier_past (scheme, value);
