CREATE TABLE relation (
    subordinate   uuid        NOT NULL,
    hierarchy     text        NOT NULL,
    superior      uuid        NOT NULL CHECK (superior <> subordinate),
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    -- Two partial constraints instead of a key and one of them: each row is kept in one GiST index, not in two.
    CONSTRAINT relation_single_superior EXCLUDE USING gist (subordinate WITH =, hierarchy WITH =, valid WITH &&)
        WHERE (hierarchy IN ('PART_OF', 'SUPERVISES', 'PARTY_SUPERIOR')),
    CONSTRAINT relation_once EXCLUDE USING gist (subordinate WITH =, hierarchy WITH =, superior WITH =, valid WITH &&)
        WHERE (hierarchy NOT IN ('PART_OF', 'SUPERVISES', 'PARTY_SUPERIOR')),
    CONSTRAINT relation_within_life_of_subordinate FOREIGN KEY (subordinate, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT relation_within_life_of_superior FOREIGN KEY (superior, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX relation_subordinate ON relation (subordinate);
CREATE INDEX relation_superior ON relation (superior, hierarchy);

CREATE TABLE relation_past (
    LIKE relation,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE relation_past DROP COLUMN recorded_from;
CREATE INDEX relation_past_subordinate ON relation_past (subordinate);
CREATE INDEX relation_past_superior ON relation_past (superior, hierarchy);
