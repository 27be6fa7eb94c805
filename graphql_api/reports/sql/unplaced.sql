-- Without a root everything is shown, and nothing asks what is under it: what would work it out is not even planned.
placed (id) AS (SELECT NULL::uuid WHERE false)
