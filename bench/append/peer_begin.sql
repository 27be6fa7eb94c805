-- What the registry's own migrations and read models find when they are made.
CREATE SCHEMA registry;
CREATE EXTENSION btree_gist;

-- The sessions of a database see its read models by their bare names, and look rows up by key as the registry's
-- writer does: the plans of foreign keys are made once a session, and one made while a table is small would read the
-- whole of it ever after.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET enable_seqscan = off', current_database());
END $$;
