CREATE TABLE quota (
    organization  uuid        NOT NULL,
    kind          text        NOT NULL,
    count         bigint      NOT NULL,
    position      bigint      NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (organization, kind, valid WITHOUT OVERLAPS),
    CONSTRAINT quota_within_life FOREIGN KEY (organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX quota_organization ON quota (organization);

CREATE TABLE quota_past (
    LIKE quota,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE quota_past DROP COLUMN recorded_from;
CREATE INDEX quota_past_organization ON quota_past (organization);
