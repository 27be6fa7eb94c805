CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public;
CREATE SCHEMA {name};
SET search_path TO {name}, registry, public
