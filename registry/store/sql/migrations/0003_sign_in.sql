-- Who may come in: keys of programs, sessions of browsers, and sign-ins under way. None of it belongs to the log.
DROP TABLE registry.token;

CREATE TABLE registry.api_key (
    id           text        PRIMARY KEY CHECK (id ~ '^[0-9a-f]{12}$'),
    digest       bytea       NOT NULL CHECK (length(digest) = 32),
    label        text        NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
    role         text        NOT NULL CHECK (role IN ('VIEWER', 'REGISTRAR', 'AUDITOR', 'ADMINISTRATOR')),
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

CREATE UNIQUE INDEX api_key_label ON registry.api_key (label) WHERE revoked_at IS NULL;

COMMENT ON TABLE registry.api_key IS 'API keys by a keyed hash of their secret; the key itself is shown once and never stored.';
COMMENT ON COLUMN registry.api_key.last_used_at IS 'The last use, exact to the minute.';

CREATE TABLE registry.session (
    digest     bytea       PRIMARY KEY CHECK (length(digest) = 32),
    subject    text        NOT NULL,
    shown      text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
);

CREATE INDEX session_subject ON registry.session (subject);
CREATE INDEX session_expires_at ON registry.session (expires_at);

COMMENT ON TABLE registry.session IS 'Sessions of browsers by the hash of their cookie; the row of an ended session is gone.';
COMMENT ON COLUMN registry.session.shown IS 'The name that the page greets with; the log knows the subject only.';

CREATE TABLE registry.sign_in (
    state      bytea       PRIMARY KEY CHECK (length(state) = 32),
    browser    bytea       NOT NULL CHECK (length(browser) = 32),
    next       text        NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX sign_in_expires_at ON registry.sign_in (expires_at);

COMMENT ON TABLE registry.sign_in IS 'Sign-ins under way: hashes of the state and of the browser''s cookie; a row is taken out by its callback.';

INSERT INTO registry.secret (name, value)
VALUES ('api key', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
