(SELECT coalesce(json_agg({content} ORDER BY {t}.name, {t}.id), '[]')
 FROM {organization} AS {t}
 WHERE {t}.valid @> {as_of} AND {t}.id IN (SELECT c.party FROM covering AS c WHERE c.society = v.id))
