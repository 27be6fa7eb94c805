-- Which commands an import sent: noted before they are sent, so that it can be reversed as one act. Part of no proof.
CREATE TABLE registry.import_batch (
    number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id uuid        NOT NULL,
    commands  uuid[]      NOT NULL CHECK (cardinality(commands) > 0),
    sent_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX import_batch_import_id ON registry.import_batch (import_id);

COMMENT ON TABLE registry.import_batch IS 'Batches of commands by their import; what became of each stands in registry.command.';
