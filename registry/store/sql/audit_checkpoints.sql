SELECT size, root_hash, note FROM registry.checkpoint ORDER BY size
