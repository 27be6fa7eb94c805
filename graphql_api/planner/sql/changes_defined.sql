(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {function} AS {t}
 WHERE {t}.valid @> {after} AND NOT {t}.retired
    AND NOT EXISTS (SELECT FROM {before_life} AS l WHERE l.id = {t}.id AND l.valid @> {before}) AND {within})
