-- What rows add up: each district, what stands directly under the root, all of it.
spans AS (
    SELECT 1 AS place, 'DISTRICT' AS span, p.id AS district, p.id AS reporter, coalesce(p.short_name, p.name) AS name,
        p.code, p.pinyin
    FROM placed AS p
    WHERE p.kind = 'ASSOCIATION' AND p.tier = 'DISTRICT'
  UNION ALL
    SELECT 2, 'DIRECT', NULL, NULL, '直属', NULL, NULL
    FROM placed AS p
    WHERE p.id = {root}
  UNION ALL
    SELECT 3, 'TOTAL', NULL, p.id, '合计', NULL, NULL
    FROM placed AS p
    WHERE p.id = {root}
)
