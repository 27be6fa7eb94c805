EXISTS (
    SELECT FROM {holding} AS h
    WHERE h.function = {t}.id AND h.holder = ANY ({subtree}) AND (h.valid @> {before} OR h.valid @> {after})
)
