(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {before_holding} AS old
 JOIN {holding} AS new ON new.function = old.function AND new.valid @> {after}
 JOIN {function} AS {t} ON {t}.id = old.function AND {t}.valid @> {after}
 JOIN {before_organization} AS {t}_from ON {t}_from.id = old.holder AND {t}_from.valid @> {before}
 JOIN {organization} AS {t}_to ON {t}_to.id = new.holder AND {t}_to.valid @> {after}
 WHERE old.valid @> {before} AND old.holder <> new.holder AND {within})
