(SELECT {connection}
 FROM (
    SELECT row_number() OVER (ORDER BY {key} {direction}, {tie} {direction}) AS n,
        {edge} AS edge, {node} AS node, {cursor} AS cursor
    FROM {source}
    WHERE {conditions}
    ORDER BY {key} {direction}, {tie} {direction}
    LIMIT {first} + 1
 ) AS page)
