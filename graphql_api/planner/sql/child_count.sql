(SELECT count(DISTINCT r.subordinate) FROM {relation} AS r
 WHERE r.superior = w.id AND r.hierarchy = ANY ({hierarchies}) AND (r.valid @> {as_of}) IS TRUE)
