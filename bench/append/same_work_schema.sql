-- What one `establishOrganization` writes, and the constraints that hold it, in one plain schema:
-- events and the command, the current organization, its life, its superior and its identifier.
CREATE EXTENSION btree_gist;

CREATE TABLE event (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream uuid NOT NULL,
    version integer NOT NULL,
    topic text NOT NULL,
    effective_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    command_id uuid NOT NULL,
    body bytea NOT NULL,
    UNIQUE (stream, version)
);

CREATE TABLE command (
    id uuid PRIMARY KEY,
    input_hash bytea NOT NULL,
    outcome text NOT NULL,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL
);

CREATE TABLE organization (
    id uuid NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded)),
    kind text NOT NULL,
    name text NOT NULL,
    short_name text,
    status text NOT NULL,
    code text,
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);

CREATE TABLE life (
    id uuid NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    PRIMARY KEY (id, valid WITHOUT OVERLAPS)
);

CREATE TABLE relation (
    hierarchy text NOT NULL,
    child uuid NOT NULL,
    superior uuid NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    recorded tstzrange NOT NULL CHECK (NOT isempty(recorded)),
    FOREIGN KEY (child, PERIOD valid) REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (superior, PERIOD valid) REFERENCES life (id, PERIOD valid) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE identifier (
    organization uuid NOT NULL,
    scheme text NOT NULL,
    value text NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    EXCLUDE USING gist (scheme WITH =, value WITH =, valid WITH &&)
);
