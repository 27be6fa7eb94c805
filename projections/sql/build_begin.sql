-- The set {name}, noted as one being built from the events up to the head's.
INSERT INTO registry.projection (name, fingerprint, position)
SELECT $1, $2, h.position FROM registry.head AS h
RETURNING position
