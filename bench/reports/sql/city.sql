-- How much there is on the day $1.
SELECT
    (SELECT count(*) FROM {schema}.organization WHERE valid @> $1::date AND status NOT IN ('DISSOLVED', 'REVOKED'))
        AS organizations,
    (SELECT count(*) FROM {schema}.person WHERE valid @> $1::date) AS people,
    (SELECT count(*) FROM {schema}.membership WHERE valid @> $1::date) AS memberships,
    (SELECT count(*) FROM {schema}.appointment WHERE valid @> $1::date AND NOT ended) AS appointments
