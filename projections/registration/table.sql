CREATE TABLE registration (
    organization   uuid        NOT NULL,
    legal_form     text        NOT NULL,
    authority      text,
    certificate    text,
    domicile       text,
    until          date,
    representative uuid,
    position       bigint      NOT NULL,
    instrument     uuid,
    valid          daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from  timestamptz NOT NULL,
    PRIMARY KEY (organization, valid WITHOUT OVERLAPS),
    CONSTRAINT registration_within_life_of_organization FOREIGN KEY (organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT registration_within_life_of_representative FOREIGN KEY (representative, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX registration_organization ON registration (organization);
CREATE INDEX registration_representative ON registration (representative);

CREATE TABLE registration_past (
    LIKE registration,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE registration_past DROP COLUMN recorded_from;
CREATE INDEX registration_past_organization ON registration_past (organization);
CREATE INDEX registration_past_representative ON registration_past (representative);
