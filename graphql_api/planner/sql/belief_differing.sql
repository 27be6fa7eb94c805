SELECT id FROM (
    (SELECT id, name FROM {before_organization} AS o
     WHERE valid @> {before} AND status NOT IN ('DISSOLVED', 'REVOKED')
     EXCEPT
     SELECT id, name FROM {organization} AS o WHERE valid @> {after} AND status NOT IN ('DISSOLVED', 'REVOKED'))
  UNION ALL
    (SELECT id, name FROM {organization} AS o WHERE valid @> {after} AND status NOT IN ('DISSOLVED', 'REVOKED')
     EXCEPT
     SELECT id, name FROM {before_organization} AS o
     WHERE valid @> {before} AND status NOT IN ('DISSOLVED', 'REVOKED'))
 ) AS named
UNION
SELECT id FROM (
    (SELECT subordinate AS id, superior FROM {before_relation} AS r WHERE hierarchy = 'PART_OF' AND valid @> {before}
     EXCEPT
     SELECT subordinate, superior FROM {relation} AS r WHERE hierarchy = 'PART_OF' AND valid @> {after})
  UNION ALL
    (SELECT subordinate AS id, superior FROM {relation} AS r WHERE hierarchy = 'PART_OF' AND valid @> {after}
     EXCEPT
     SELECT subordinate, superior FROM {before_relation} AS r WHERE hierarchy = 'PART_OF' AND valid @> {before})
 ) AS placed
UNION
SELECT id FROM (
    (SELECT id, emphasized, retired FROM {before_function} AS f WHERE valid @> {before}
     EXCEPT
     SELECT id, emphasized, retired FROM {function} AS f WHERE valid @> {after})
  UNION ALL
    (SELECT id, emphasized, retired FROM {function} AS f WHERE valid @> {after}
     EXCEPT
     SELECT id, emphasized, retired FROM {before_function} AS f WHERE valid @> {before})
 ) AS defined
UNION
SELECT id FROM (
    (SELECT function AS id, holder FROM {before_holding} AS h WHERE valid @> {before}
     EXCEPT
     SELECT function, holder FROM {holding} AS h WHERE valid @> {after})
  UNION ALL
    (SELECT function AS id, holder FROM {holding} AS h WHERE valid @> {after}
     EXCEPT
     SELECT function, holder FROM {before_holding} AS h WHERE valid @> {before})
 ) AS held
