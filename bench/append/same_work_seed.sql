-- The 50 parents that new organizations are placed under; their ids are the numbers 1 to 50.
INSERT INTO organization (id, valid, recorded, kind, name, status)
SELECT
    lpad(to_hex(number), 32, '0')::uuid,
    daterange(DATE '2000-01-01', NULL),
    tstzrange(TIMESTAMPTZ '2000-01-01 00:00:00+08', NULL),
    'ASSOCIATION',
    'parent ' || number,
    'ACTIVE'
FROM generate_series(1, 50) AS number;

INSERT INTO life (id, valid)
SELECT id, valid FROM organization;
