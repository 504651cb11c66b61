-- What happened to tickets that something is promised for, each in business time of the promise.
-- `place` orders what happened to a ticket. Of one second, a ticket is first reopened, so that it
-- may be put on hold with it, and a status that pauses the time comes after one that does not.
SELECT
    ticket,
    kind,
    is_pause,
    clock,
    ended,
    first_reply_target,
    next_reply_target,
    resolution_target,
    at * 128 + CASE WHEN kind = 70 THEN 55 ELSE kind + is_pause END AS place
FROM (
    SELECT
        plan.ticket AS ticket,
        event.kind AS kind,
        event.at AS at,
        CASE
            WHEN event.kind = 60 AND (plan.is_any_pause = 1 OR pausing.status IS NOT NULL) THEN 1
            ELSE 0
        END AS is_pause,
        then_.seconds_before + then_.is_open * (event.at % 900) AS clock,
        plan.ended AS ended,
        plan.first_reply_target AS first_reply_target,
        plan.next_reply_target AS next_reply_target,
        plan.resolution_target AS resolution_target
    FROM plan
    INNER JOIN event ON event.ticket = plan.ticket
    LEFT JOIN working AS then_
        ON then_.calendar = plan.calendar AND then_.starts_at = event.at - event.at % 900
    LEFT JOIN pausing
        ON event.kind = 60 AND pausing.policy = plan.policy AND pausing.status = event.detail
    WHERE event.at < {at} AND event.kind IN (10, 20, 50, 60, 65, 70, 75)
) AS happened
