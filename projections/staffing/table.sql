-- "established" is the sum of what "quota" has by type, null when that is not known.
CREATE TABLE staffing (
    organization     uuid        NOT NULL,
    established      bigint,
    leadership_posts bigint,
    leaders          bigint,
    headcount        bigint,
    position         bigint      NOT NULL,
    instrument       uuid,
    valid            daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from    timestamptz NOT NULL,
    PRIMARY KEY (organization, valid WITHOUT OVERLAPS),
    CONSTRAINT staffing_within_life FOREIGN KEY (organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX staffing_organization ON staffing (organization);

CREATE TABLE staffing_past (
    LIKE staffing,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE staffing_past DROP COLUMN recorded_from;
CREATE INDEX staffing_past_organization ON staffing_past (organization);
