-- The last rating of a ticket on each scale, of those given within N days of the last solution.
SELECT
    ratings.scale AS scale,
    ratings.score AS score,
    {dimensions},
    fact.last_solved_week AS last_solved_week,
    fact.last_solved_month AS last_solved_month
FROM (
    SELECT
        event.ticket AS ticket,
        event.detail AS scale,
        event.value AS score,
        ROW_NUMBER() OVER (
            PARTITION BY event.ticket, event.detail ORDER BY event.at DESC, event.value
        ) AS place
    FROM fact
    INNER JOIN event ON event.ticket = fact.ticket
    WHERE
        event.kind = 85
        AND event.value BETWEEN -1000 AND 1000  -- what is no score is none
        AND event.at < {at}
        AND event.at <= fact.last_solved_at + {within}
        AND fact.last_solved_at <= {at} - {within}
) AS ratings
INNER JOIN fact ON fact.ticket = ratings.ticket
WHERE ratings.place = 1
