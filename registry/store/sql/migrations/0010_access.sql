-- Who read personal data that is restricted (查阅记录). None of it belongs to the log: it says nothing of the register, and is
-- kept for as long as it is to be kept. People stand in it as ids, so that there is nothing to erase.
CREATE TABLE registry.access (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    actor       text        NOT NULL,
    kind        text        NOT NULL CHECK (kind ~ '^[A-Z_]{1,40}$'),
    operation   text,
    fields      text[]      NOT NULL,
    persons     uuid[]      NOT NULL,
    roots       uuid[],
    rows        integer     NOT NULL CHECK (rows >= 0)
);

CREATE INDEX access_actor ON registry.access (actor, id);
CREATE INDEX access_kind ON registry.access (kind, id);
CREATE INDEX access_recorded ON registry.access (recorded_at);
CREATE INDEX access_persons ON registry.access USING gin (persons);

COMMENT ON TABLE registry.access IS 'Each time that restricted personal data was read or given out: who, when, which fields, of whom. Written before the answer leaves.';
COMMENT ON COLUMN registry.access.roots IS 'The subtrees by which the reader has the right; null for the whole register.';
COMMENT ON COLUMN registry.access.rows IS 'How many objects of the answer showed some.';

-- Entries are added, and forgotten when they are old enough; nobody's program changes one. Whoever owns the table can
-- take the trigger away: it keeps mistakes out, not the owner.
CREATE FUNCTION registry.keep_access() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.recorded_at < nullif(current_setting('kexie.access_kept_since', true), '')::timestamptz THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'entries of registry.access are neither changed nor taken out' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER access_kept BEFORE UPDATE OR DELETE ON registry.access
    FOR EACH ROW EXECUTE FUNCTION registry.keep_access();
CREATE TRIGGER access_not_emptied BEFORE TRUNCATE ON registry.access
    FOR EACH STATEMENT EXECUTE FUNCTION registry.keep_access();

-- What stands for the name of somebody whose data was erased, wherever a name is shown; null for everybody else.
CREATE FUNCTION registry.erased_name(uuid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (
    SELECT '已清除人员 (an erased person)' FROM registry.person_key AS k WHERE k.person = $1 AND k.erased_at IS NOT NULL
);
