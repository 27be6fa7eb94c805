SELECT j.rule, j.side, j.subject,
    count(*) FILTER (WHERE j.member AND j.counted) AS counted,
    count(*) FILTER (WHERE j.member AND NOT j.counted) AS not_counted,
    count(*) FILTER (WHERE j.member AND j.counted IS NULL) AS uncertain,
    count(*) FILTER (WHERE j.member IS NULL AND j.counted) AS doubtful_counted,
    count(*) FILTER (WHERE j.member IS NULL AND NOT j.counted) AS doubtful_not_counted,
    count(*) FILTER (WHERE j.member IS NULL AND j.counted IS NULL) AS doubtful_uncertain
FROM judged AS j
GROUP BY j.rule, j.side, j.subject
