(WITH RECURSIVE origin AS MATERIALIZED (SELECT {start} AS id){parts}
SELECT {report})
