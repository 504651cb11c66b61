-- What time each ticket is counted by.
SELECT
    fact.ticket AS ticket,
    choice.own_calendar AS own_calendar,
    choice.policy AS policy,
    choice.calendar AS calendar,
    choice.first_reply_target AS first_reply_target,
    choice.next_reply_target AS next_reply_target,
    choice.resolution_target AS resolution_target,
    choice.is_any_pause AS is_any_pause
FROM fact
INNER JOIN choice ON {same}
