-- The ages possible on {day}, see ages.py. The casts keep age() from looking at the session's time zone.
SELECT
    extract(year FROM age(({day})::timestamp, least({last}, {day})::timestamp))::integer AS youngest,
    extract(year FROM age(({day})::timestamp, ({birth})::timestamp))::integer AS oldest
WHERE {birth} <= {day}
