-- What is promised for each ticket, and the end of the data by the clock of the promise.
SELECT
    fact.ticket AS ticket,
    choice.policy AS policy,
    choice.calendar AS calendar,
    choice.first_reply_target AS first_reply_target,
    choice.next_reply_target AS next_reply_target,
    choice.resolution_target AS resolution_target,
    choice.is_any_pause AS is_any_pause,
    ended.seconds_before + ended.is_open * ({at} % 900) AS ended
FROM fact
INNER JOIN choice ON {same}
LEFT JOIN working AS ended
    ON ended.calendar = choice.calendar AND ended.starts_at = {at} - {at} % 900
WHERE choice.policy > 0
