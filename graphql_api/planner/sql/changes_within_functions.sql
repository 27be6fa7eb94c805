EXISTS (
    SELECT FROM {before_holding} AS h
    WHERE h.function = {t}.id AND h.holder = ANY ({subtree}) AND h.valid @> {before}
  UNION ALL
    SELECT FROM {holding} AS h
    WHERE h.function = {t}.id AND h.holder = ANY ({subtree}) AND h.valid @> {after}
)
