(CASE {precision}
    WHEN 'YEAR' THEN (({day}) + interval '1 year - 1 day')::date
    WHEN 'MONTH' THEN (({day}) + interval '1 month - 1 day')::date
    ELSE {day}
END)
