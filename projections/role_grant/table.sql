CREATE TABLE role_grant (
    id            uuid        NOT NULL,
    principal     text        NOT NULL COLLATE "C",
    role          text        NOT NULL,
    status        text        NOT NULL,
    given_on      date        NOT NULL,
    until         date,
    ended_on      date,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX role_grant_id ON role_grant (id);
-- Every request of somebody who signed in looks here.
CREATE INDEX role_grant_principal ON role_grant (principal);

CREATE TABLE role_grant_past (
    LIKE role_grant,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE role_grant_past DROP COLUMN recorded_from;
CREATE INDEX role_grant_past_id ON role_grant_past (id);
