INSERT INTO registry.import_batch (import_id, commands) VALUES ($1, $2::uuid[])
