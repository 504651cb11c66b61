-- Business seconds from the opening of each ticket on, by the calendar of its customer.
SELECT
    plan.ticket AS ticket,
    replied.seconds_before + replied.is_open * (fact.first_reply_at % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS reply_seconds,
    solved.seconds_before + solved.is_open * (fact.last_solved_at % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS solved_seconds,
    ended.seconds_before + ended.is_open * ({at} % 900)
    - opened.seconds_before - opened.is_open * (fact.created_at % 900) AS end_seconds
FROM plan
INNER JOIN fact ON fact.ticket = plan.ticket
LEFT JOIN working AS opened
    ON opened.calendar = plan.own_calendar
    AND opened.starts_at = fact.created_at - fact.created_at % 900
LEFT JOIN working AS replied
    ON replied.calendar = plan.own_calendar
    AND replied.starts_at = fact.first_reply_at - fact.first_reply_at % 900
LEFT JOIN working AS solved
    ON solved.calendar = plan.own_calendar
    AND solved.starts_at = fact.last_solved_at - fact.last_solved_at % 900
LEFT JOIN working AS ended
    ON ended.calendar = plan.own_calendar
    AND ended.starts_at = {at} - {at} % 900
