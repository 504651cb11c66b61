-- A row for each ticket that something is promised for: how many of its replies were due, and came
-- in time; whether its resolution is settled, and was in time.
SELECT
    fact.ticket AS ticket,
    {dimensions},
    fact.created_week AS created_week,
    fact.created_month AS created_month,
    choice.policy AS policy,
    COALESCE(waits.first_reply_due * fact.tells_replies, 0) AS first_reply_due,
    COALESCE(waits.first_reply_met * fact.tells_replies, 0) AS first_reply_met,
    COALESCE(waits.next_reply_due * fact.tells_replies, 0) AS next_reply_due,
    COALESCE(waits.next_reply_met * fact.tells_replies, 0) AS next_reply_met,
    CASE
        WHEN choice.resolution_target = 0 OR fact.tells_solutions = 0 THEN 0
        WHEN spans.solved_used IS NOT NULL THEN 1
        WHEN spans.used > choice.resolution_target THEN 1
        ELSE 0
    END AS resolution_due,
    CASE
        WHEN choice.resolution_target > 0 AND spans.solved_used <= choice.resolution_target THEN 1
        ELSE 0
    END AS resolution_met
FROM fact
INNER JOIN choice ON {same}
LEFT JOIN (
    SELECT
        ticket,
        SUM(CASE WHEN is_first = 1 THEN is_due ELSE 0 END) AS first_reply_due,
        SUM(CASE WHEN is_first = 1 THEN is_due * is_met ELSE 0 END) AS first_reply_met,
        SUM(CASE WHEN is_first = 0 THEN is_due ELSE 0 END) AS next_reply_due,
        SUM(CASE WHEN is_first = 0 THEN is_due * is_met ELSE 0 END) AS next_reply_met
    FROM promised_wait
    GROUP BY ticket
) AS waits ON waits.ticket = fact.ticket
LEFT JOIN (
    -- It is settled by the first time it stands solved when, or after, its time is up; if it has
    -- none, by its time being used.
    SELECT
        ticket,
        MAX(used) AS used,
        MIN(CASE WHEN is_solved = 1 AND passed > target THEN used END) AS solved_used
    FROM promised_span
    GROUP BY ticket
) AS spans ON spans.ticket = fact.ticket
WHERE choice.policy > 0
