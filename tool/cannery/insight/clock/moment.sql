-- What happened to tickets that something is promised for, each in business time of the promise.
-- A ticket that is reopened and put on hold in one second is on hold: hence the number of 70.
SELECT
    plan.ticket AS ticket,
    event.kind AS kind,
    CASE
        WHEN event.kind = 60 AND (plan.is_any_pause = 1 OR pausing.status IS NOT NULL) THEN 1
        ELSE 0
    END AS is_pause,
    then_.seconds_before + then_.is_open * (event.at % 900) AS clock,
    ROW_NUMBER() OVER (
        PARTITION BY plan.ticket
        ORDER BY
            event.at, CASE WHEN event.kind = 70 THEN 55 ELSE event.kind END, event.detail
    ) AS place
FROM plan
INNER JOIN event ON event.ticket = plan.ticket
LEFT JOIN working AS then_
    ON then_.calendar = plan.calendar AND then_.starts_at = event.at - event.at % 900
LEFT JOIN pausing
    ON event.kind = 60 AND pausing.policy = plan.policy AND pausing.status = event.detail
WHERE
    plan.policy > 0 AND event.at < {at} AND event.kind IN (10, 20, 50, 60, 65, 70, 75)
