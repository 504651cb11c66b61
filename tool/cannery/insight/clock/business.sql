-- Business seconds from the opening of each ticket on, by the calendar of its customer.
SELECT
    fact.ticket AS ticket,
    {dimensions},
    fact.created_week AS created_week,
    fact.created_month AS created_month,
    fact.tells_replies AS tells_replies,
    fact.tells_solutions AS tells_solutions,
    fact.last_solved_at AS last_solved_at,
    fact.last_reopened_at AS last_reopened_at,
    replied.seconds_before + replied.is_open * (fact.first_reply_at % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS reply_seconds,
    first_solved.seconds_before + first_solved.is_open * (fact.first_solved_at % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS first_solved_seconds,
    last_solved.seconds_before + last_solved.is_open * (fact.last_solved_at % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS last_solved_seconds,
    ended.seconds_before + ended.is_open * ({at} % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS end_seconds
FROM fact
INNER JOIN choice ON {same}
LEFT JOIN working AS opened
    ON opened.calendar = choice.own_calendar
    AND opened.starts_at = fact.created_at - fact.created_at % 900
LEFT JOIN working AS replied
    ON replied.calendar = choice.own_calendar
    AND replied.starts_at = fact.first_reply_at - fact.first_reply_at % 900
LEFT JOIN working AS first_solved
    ON first_solved.calendar = choice.own_calendar
    AND first_solved.starts_at = fact.first_solved_at - fact.first_solved_at % 900
LEFT JOIN working AS last_solved
    ON last_solved.calendar = choice.own_calendar
    AND last_solved.starts_at = fact.last_solved_at - fact.last_solved_at % 900
LEFT JOIN working AS ended
    ON ended.calendar = choice.own_calendar
    AND ended.starts_at = {at} - {at} % 900
