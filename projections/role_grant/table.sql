-- One that ended is shown as it was; its root may be gone by then, so only the living days refer to it.
CREATE TABLE role_grant (
    id            uuid        NOT NULL,
    principal     text        NOT NULL COLLATE "C",
    role          text        NOT NULL,
    root          uuid,
    scopes        text        NOT NULL COLLATE "C",
    status        text        NOT NULL,
    given_on      date        NOT NULL,
    until         date,
    ended_on      date,
    position      bigint      NOT NULL,
    instrument    uuid,
    valid         daterange   NOT NULL CHECK (NOT isempty(valid)),
    recorded_from timestamptz NOT NULL,
    living        daterange   GENERATED ALWAYS AS (CASE WHEN status = 'ACTIVE' THEN valid END) STORED,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS),
    CONSTRAINT role_grant_within_life_of_root FOREIGN KEY (root, PERIOD living)
        REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);
-- Look-ups by id alone go by this index: it is smaller than the key's, which also orders by period.
CREATE INDEX role_grant_id ON role_grant (id);
-- Every request of somebody who signed in looks here.
CREATE INDEX role_grant_principal ON role_grant (principal);
CREATE INDEX role_grant_root ON role_grant (root);

CREATE TABLE role_grant_past (
    LIKE role_grant,
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded))
);
ALTER TABLE role_grant_past DROP COLUMN recorded_from, DROP COLUMN living;
CREATE INDEX role_grant_past_id ON role_grant_past (id);
CREATE INDEX role_grant_past_root ON role_grant_past (root);
