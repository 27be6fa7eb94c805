(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {before_organization} AS {t}
 WHERE {t}.valid @> {before} AND {t}.status NOT IN ('DISSOLVED', 'REVOKED')
    AND NOT EXISTS (SELECT FROM {life} AS l WHERE l.id = {t}.id AND l.valid @> {after})
    AND {within})
