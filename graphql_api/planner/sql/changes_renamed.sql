(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM (
    SELECT n.*, o.name AS name_before
    FROM {before_organization} AS o
    JOIN {organization} AS n ON n.id = o.id AND n.valid @> {after}
    WHERE o.valid @> {before} AND o.name <> n.name
        AND o.status NOT IN ('DISSOLVED', 'REVOKED') AND n.status NOT IN ('DISSOLVED', 'REVOKED')
 ) AS {t}
 WHERE {within})
