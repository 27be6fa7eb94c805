SELECT unnest(q.rules) AS rule, o.id
FROM {organization} AS o
CROSS JOIN LATERAL (VALUES {pairs}) AS q (rules, applies)
WHERE coalesce(o.valid @> {as_of}, false) AND {alive}{only} AND q.applies
