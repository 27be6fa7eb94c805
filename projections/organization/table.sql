CREATE TABLE organization (
    id            uuid        NOT NULL,
    name          text        NOT NULL,
    pinyin        text        NOT NULL COLLATE "C",
    short_name    text,
    kind          text        NOT NULL,
    status        text        NOT NULL,
    code          text,
    tier          text,
    base          text,
    formation     text,
    subtype       text,
    discipline    text,
    welfare_class text,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    precision     text        NOT NULL,
    assumed       boolean     NOT NULL,
    founded       text        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX organization_id ON organization (id);
-- There is one municipal association, and nearly every chart and report begins at it.
CREATE INDEX organization_municipal ON organization (code) WHERE tier = 'MUNICIPAL';

CREATE TABLE organization_past (
    LIKE organization,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE organization_past DROP COLUMN recorded_from;
CREATE INDEX organization_past_id ON organization_past (id);
