CREATE TABLE person_alias (
    alias         uuid        NOT NULL,
    canonical     uuid        NOT NULL CHECK (canonical <> alias),
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (alias, valid WITHOUT OVERLAPS)
);
CREATE INDEX person_alias_canonical ON person_alias (canonical);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX person_alias_alias ON person_alias (alias);

CREATE TABLE person_alias_past (
    LIKE person_alias,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE person_alias_past DROP COLUMN recorded_from;
CREATE INDEX person_alias_past_alias ON person_alias_past (alias);
CREATE INDEX person_alias_past_canonical ON person_alias_past (canonical);
