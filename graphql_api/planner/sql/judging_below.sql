JOIN {relation} AS r ON r.superior = s.id AND r.hierarchy = '{hierarchy}' AND (r.valid @> {as_of}) IS TRUE
JOIN {organization} AS o ON o.id = r.subordinate AND o.valid @> {as_of} AND {alive}
