-- Each wait for a next reply: from the first message that a customer writes after a reply or a
-- solution, until the reply; it is cut where the ticket is solved without one.
SELECT
    waits.asked_at AS asked_at,
    CASE WHEN ended_by = 50 THEN ended_at END AS answered_at,
    CASE WHEN ended_by = 75 THEN ended_at END AS cut_at,
    {dimensions},
    asked.week AS asked_week,
    asked.month AS asked_month
FROM (
    SELECT ticket, at AS asked_at, kind, ended_at, ended_by
    FROM (
        SELECT
            ticket,
            at,
            kind,
            LEAD(at) OVER (PARTITION BY ticket ORDER BY at, kind) AS ended_at,
            LEAD(kind) OVER (PARTITION BY ticket ORDER BY at, kind) AS ended_by
        FROM (
            SELECT
                ticket,
                at,
                kind,
                LAG(kind) OVER (PARTITION BY ticket ORDER BY at, kind) AS previous
            FROM event
            WHERE kind IN (20, 50, 75) AND at < {at}
        ) AS talk
        WHERE kind IN (50, 75) OR previous IN (50, 75)
    ) AS turns
    WHERE kind = 20
) AS waits
INNER JOIN fact ON fact.ticket = waits.ticket
LEFT JOIN slot AS asked ON asked.starts_at = waits.asked_at - waits.asked_at % 900
