(WITH RECURSIVE {tables}
SELECT coalesce(json_agg(json_build_array(
    s.rule, s.id, {subject},
    json_build_array(m.counted, m.not_counted, m.uncertain,
        m.doubtful_counted, m.doubtful_not_counted, m.doubtful_uncertain),
    json_build_array(w.counted, w.not_counted, w.uncertain,
        w.doubtful_counted, w.doubtful_not_counted, w.doubtful_uncertain){lists}
) ORDER BY s.rule, o.pinyin, s.id), '[]')
FROM subjects AS s
JOIN {organization} AS o ON o.id = s.id AND o.valid @> {as_of}
LEFT JOIN tallies AS m ON m.rule = s.rule AND m.subject = s.id AND m.side = 0
LEFT JOIN tallies AS w ON w.rule = s.rule AND w.subject = s.id AND w.side = 1
{joins})
