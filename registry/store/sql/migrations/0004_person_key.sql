-- A key for each person whose data the log holds, apart from the log: who destroys the key has erased the data (密钥).
CREATE TABLE registry.person_key (
    person    uuid        PRIMARY KEY,
    wrapped   bytea,
    master    text,
    erased_at timestamptz,
    CHECK ((wrapped IS NULL) = (erased_at IS NOT NULL)),
    CHECK ((wrapped IS NULL) = (master IS NULL))
);

COMMENT ON TABLE registry.person_key IS 'The key that seals the personal data of one person, itself sealed by the master key. An erased person keeps a row without a key, so that none is ever made again.';
COMMENT ON COLUMN registry.person_key.master IS 'Which master key wrapped it.';

-- Secrets are wrapped by the master key as the keys of persons are; one in clear has no master.
ALTER TABLE registry.secret ADD COLUMN master text;
COMMENT ON COLUMN registry.secret.master IS 'Which master key wrapped the value.';

-- What identity numbers are hashed with, so that they are unique without standing anywhere in clear but with the person.
INSERT INTO registry.secret (name, value)
VALUES ('identity', sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
