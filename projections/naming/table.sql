CREATE TABLE naming (
    entity        uuid        NOT NULL,
    role          text        NOT NULL,
    name          text        NOT NULL,
    noun          text        NOT NULL,
    folded        text        NOT NULL,
    letters       text        NOT NULL COLLATE "C",
    initials      text        NOT NULL,
    grams         text        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL
);
-- No key with a period: nothing refers to names, all of an entity come out of one fold, and a GiST index over text
-- of any length costs more than everything else here but the grams.
CREATE INDEX naming_entity ON naming (entity);
-- A name has a hundred grams. Entered one by one they would cost a commit 500 microseconds; gathered and
-- entered together they cost less than a quarter, and what is gathered is kept short, for whoever enters it holds the head.
CREATE INDEX naming_grams ON naming USING gin (string_to_array(btrim(grams), ' ')) WITH (gin_pending_list_limit = 512);

CREATE TABLE naming_past (
    LIKE naming,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE naming_past DROP COLUMN recorded_from;
CREATE INDEX naming_past_entity ON naming_past (entity);
CREATE INDEX naming_past_grams ON naming_past USING gin (string_to_array(btrim(grams), ' '))
    WITH (gin_pending_list_limit = 512);
