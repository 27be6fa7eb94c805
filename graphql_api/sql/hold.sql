-- Hold a table in use, and so all of its set, until the transaction ends.
SELECT FROM organization LIMIT 0
