-- Hide {table} behind a view of the same name, from which some entities are taken and given other rows.
CREATE TEMPORARY TABLE shadow_{table} ON COMMIT DROP AS
    SELECT {columns}, valid, recorded_from FROM {schema}.{table} WITH NO DATA;
CREATE TEMPORARY VIEW {table} AS
    SELECT {columns}, valid, recorded_from FROM {schema}.{table} WHERE {entity} <> ALL (ARRAY[{touched}]::uuid[])
  UNION ALL
    SELECT {columns}, valid, recorded_from FROM shadow_{table}
