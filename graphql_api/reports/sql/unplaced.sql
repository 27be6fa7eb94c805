-- Nothing is asked to be under a root: what narrows to one finds nothing here, and does not look.
placed (id) AS (SELECT NULL::uuid WHERE false)
