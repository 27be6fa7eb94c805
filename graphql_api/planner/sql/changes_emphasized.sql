(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {function} AS {t}
 WHERE {t}.valid @> {after} AND {t}.emphasized AND NOT {t}.retired
    AND NOT EXISTS (SELECT FROM {before_function} AS o WHERE o.id = {t}.id AND o.valid @> {before} AND o.emphasized)
    AND {within})
