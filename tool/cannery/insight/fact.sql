-- A row for each ticket that was there before {at}, of what had happened until then, and the local
-- weeks and months of its times.
SELECT
    stand.*,
    created.week AS created_week,
    created.month AS created_month
FROM (
    SELECT
        ticket.id AS ticket,
        ticket.created_at AS created_at,
        ticket.source AS source,
        ticket.section AS section,
        ticket.language AS language,
        ticket.product AS product,
        ticket.region AS region,
        ticket.tier AS tier,
        ticket.channel AS channel,
        ticket.team AS team,
        MIN(CASE WHEN kind = 50 THEN at END) AS first_reply_at,
        SUM(CASE WHEN kind = 50 THEN 1 ELSE 0 END) AS replies,
        MIN(CASE WHEN kind = 75 THEN at END) AS first_solved_at,
        MAX(CASE WHEN kind = 75 THEN at END) AS last_solved_at,
        MAX(CASE WHEN kind = 70 THEN at END) AS last_reopened_at,
        -- The last change until N days after it was opened.
        MAX(CASE WHEN kind = 75 AND at <= created_at + {within} THEN at END) AS solved_within_at,
        MAX(CASE WHEN kind = 70 AND at <= created_at + {within} THEN at END) AS reopened_within_at
    FROM ticket
    INNER JOIN event ON event.ticket = ticket.id
    WHERE ticket.created_at < {at} AND event.at < {at}
    GROUP BY
        ticket.id, ticket.created_at, ticket.source, ticket.section, ticket.language,
        ticket.product, ticket.region, ticket.tier, ticket.channel, ticket.team
) AS stand
LEFT JOIN slot AS created ON created.starts_at = stand.created_at - stand.created_at % 900
