-- The first event at a position, or of a day or an instant, that no event can have. Those before the first position are
-- no part of any tree, and yet read with their stream.
SELECT min(position) FROM registry.event
WHERE position < 1
    OR effective_on NOT BETWEEN '0001-01-01' AND '9999-12-31'
    OR recorded_at NOT BETWEEN '0001-01-01 00:00:00+00' AND '9999-12-31 23:59:59.999999+00'
