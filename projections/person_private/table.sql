CREATE TABLE person_private (
    person          uuid        NOT NULL,
    name            text        NOT NULL,
    pinyin          text        NOT NULL COLLATE "C",
    gender          text,
    birth_date      date,
    birth_precision text        NOT NULL,
    identity_number text,
    phone           text,
    email           text,
    position        bigint      NOT NULL,
    valid           daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from   timestamptz NOT NULL,
    PRIMARY KEY (person, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX person_private_person ON person_private (person);
-- By these, whoever may be the same person is found before a second record is made.
CREATE INDEX person_private_name ON person_private (name);
-- A page of a list by name begins anywhere and ends soon.
CREATE INDEX person_private_pinyin ON person_private (pinyin, person);
CREATE INDEX person_private_identity_number ON person_private (identity_number);

CREATE TABLE person_private_past (
    LIKE person_private,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE person_private_past DROP COLUMN recorded_from;
CREATE INDEX person_private_past_person ON person_private_past (person);
