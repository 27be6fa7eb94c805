CREATE TABLE post (
    id            uuid        NOT NULL,
    organization  uuid        NOT NULL,
    title         text        NOT NULL,
    name          text,
    seats         integer     CHECK (seats > 0),
    elected       boolean     NOT NULL,
    abolished     boolean     NOT NULL,
    illustrative  boolean     NOT NULL,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    -- What is abolished still says where it was, but is nowhere any more.
    stands_in     uuid        GENERATED ALWAYS AS (CASE WHEN NOT abolished THEN organization END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT post_within_life_of_organization FOREIGN KEY (stands_in, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX post_id ON post (id);
CREATE INDEX post_organization ON post (organization);

CREATE TABLE post_past (
    LIKE post,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE post_past DROP COLUMN recorded_from, DROP COLUMN stands_in;
CREATE INDEX post_past_id ON post_past (id);
CREATE INDEX post_past_organization ON post_past (organization);
