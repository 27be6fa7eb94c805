(SELECT {connection}
 FROM (
    SELECT row_number() OVER (ORDER BY {key} {direction}, {tie} {direction}) AS n, {cursor} AS cursor{columns}
    FROM (
        SELECT {row}.*
        FROM {source}
        WHERE {conditions}
        ORDER BY {key} {direction}, {tie} {direction}
        LIMIT {first} + 1
    ) AS {row}
 ) AS page
 HAVING true)
