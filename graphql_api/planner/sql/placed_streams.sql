SELECT p.id FROM {within} AS p
UNION SELECT p.id FROM {people} AS p
UNION SELECT s.id FROM {post} AS s WHERE s.organization IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {term} AS s WHERE s.body IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {appointment} AS s JOIN {post} AS o ON o.id = s.post
    WHERE o.organization IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {membership} AS s WHERE s.organization IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {affiliation} AS s WHERE s.branch IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {participation} AS s WHERE s.organization IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {mandate} AS s WHERE s.holder IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {programme} AS s WHERE s.owner IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {figure} AS s WHERE s.organization IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.id FROM {secondment} AS s
    WHERE s.home IN (SELECT p.id FROM {within} AS p) OR s.host IN (SELECT p.id FROM {within} AS p)
UNION SELECT s.proposal FROM {proposal_place} AS s WHERE s.organization IN (SELECT p.id FROM {within} AS p)
