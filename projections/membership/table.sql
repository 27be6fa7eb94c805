CREATE TABLE membership (
    id                uuid        NOT NULL,
    member            uuid        NOT NULL,
    organization      uuid        NOT NULL,
    member_class      text        NOT NULL,
    status            text        NOT NULL,
    number            text,
    illustrative      boolean     NOT NULL,
    admitted_on       date,
    end_reason        text,
    position          bigint      NOT NULL,
    instrument        uuid,
    valid             daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from     timestamptz NOT NULL,
    -- Both ends while it lasts: one that ended is still shown, and outlives them.
    open_member       uuid        GENERATED ALWAYS AS (CASE WHEN status <> 'ENDED' THEN member END) STORED,
    open_organization uuid        GENERATED ALWAYS AS (CASE WHEN status <> 'ENDED' THEN organization END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT membership_within_life_of_member FOREIGN KEY (open_member, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT membership_within_life_of_organization FOREIGN KEY (open_organization, PERIOD valid)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX membership_id ON membership (id);
CREATE INDEX membership_member ON membership (member);
CREATE INDEX membership_organization ON membership (organization);
-- By these the database looks for what a life that becomes shorter leaves behind.
CREATE INDEX membership_open_member ON membership (open_member);
CREATE INDEX membership_open_organization ON membership (open_organization);

CREATE TABLE membership_past (
    LIKE membership,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE membership_past DROP COLUMN recorded_from, DROP COLUMN open_member, DROP COLUMN open_organization;
CREATE INDEX membership_past_id ON membership_past (id);
CREATE INDEX membership_past_member ON membership_past (member);
CREATE INDEX membership_past_organization ON membership_past (organization);
