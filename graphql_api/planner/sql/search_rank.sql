CASE
    WHEN strpos(n.folded, {part}) > 0 THEN 80
    WHEN strpos(n.initials, ' ' || {part} || ' ') > 0 OR strpos(n.letters, ' ' || {part} || ' ') > 0 THEN 70
    WHEN strpos(n.initials, ' ' || {part}) > 0 THEN 60
    WHEN strpos(n.letters, ' ' || {part}) > 0 THEN 50
    WHEN strpos(n.letters, {part}) > 0 THEN 40
    WHEN strpos(n.initials, {part}) > 0 THEN 30
    ELSE 0
END
