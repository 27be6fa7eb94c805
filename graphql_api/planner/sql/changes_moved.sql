(SELECT coalesce(json_agg({content} ORDER BY {t}.pinyin, {t}.id), '[]')
 FROM {before_relation} AS old
 JOIN {relation} AS new ON new.subordinate = old.subordinate AND new.hierarchy = 'PART_OF' AND new.valid @> {after}
 JOIN {organization} AS {t} ON {t}.id = old.subordinate AND {t}.valid @> {after}
 JOIN {before_organization} AS {t}_from ON {t}_from.id = old.superior AND {t}_from.valid @> {before}
 JOIN {organization} AS {t}_to ON {t}_to.id = new.superior AND {t}_to.valid @> {after}
 WHERE old.hierarchy = 'PART_OF' AND old.valid @> {before} AND old.superior <> new.superior AND {within})
