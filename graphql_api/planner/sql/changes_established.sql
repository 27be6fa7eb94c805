(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {organization} AS {t}
 WHERE {t}.valid @> {after} AND {t}.status NOT IN ('DISSOLVED', 'REVOKED')
    AND NOT EXISTS (SELECT FROM {before_life} AS l WHERE l.id = {t}.id AND l.valid @> {before})
    AND {within})
