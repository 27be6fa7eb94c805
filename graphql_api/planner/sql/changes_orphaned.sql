(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {before_holding} AS old
 JOIN {function} AS {t} ON {t}.id = old.function AND {t}.valid @> {after} AND NOT {t}.retired
 WHERE old.valid @> {before} AND {within}
    AND NOT EXISTS (SELECT FROM {holding} AS new WHERE new.function = old.function AND new.valid @> {after}))
