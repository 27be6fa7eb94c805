-- No reference to "life": it is known, too, when the liaison has ended. All of it is personal data of "person".
CREATE TABLE liaison_note (
    liaison       uuid        NOT NULL,
    position      bigint      NOT NULL,
    person        uuid        NOT NULL,
    note          text        NOT NULL,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (liaison, position, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX liaison_note_liaison ON liaison_note (liaison);
CREATE INDEX liaison_note_person ON liaison_note (person);

CREATE TABLE liaison_note_past (
    LIKE liaison_note,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE liaison_note_past DROP COLUMN recorded_from;
CREATE INDEX liaison_note_past_liaison ON liaison_note_past (liaison);
CREATE INDEX liaison_note_past_person ON liaison_note_past (person);
