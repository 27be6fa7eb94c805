-- One that ended is shown as it was; what it pointed at may be gone by then, so only the living days refer to it.
CREATE TABLE figure (
    id            uuid        NOT NULL,
    organization  uuid        NOT NULL,
    indicator     text        NOT NULL,
    period_start  date        NOT NULL,
    period_end    date        NOT NULL,
    value         bigint      NOT NULL,
    unit          text        NOT NULL,
    source        text        NOT NULL,
    withdrawn     boolean     NOT NULL,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    living        daterange   GENERATED ALWAYS AS (CASE WHEN NOT withdrawn THEN valid END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT figure_within_life_of_organization FOREIGN KEY (organization, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX figure_id ON figure (id);
CREATE INDEX figure_organization ON figure (organization);

CREATE TABLE figure_past (
    LIKE figure,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE figure_past DROP COLUMN recorded_from, DROP COLUMN living;
CREATE INDEX figure_past_id ON figure_past (id);
CREATE INDEX figure_past_organization ON figure_past (organization);
