INSERT INTO registry.cosignature AS s (size, witness, line) VALUES ($1, $2, $3)
ON CONFLICT (size, witness) DO UPDATE SET line = excluded.line, accepted_at = excluded.accepted_at
