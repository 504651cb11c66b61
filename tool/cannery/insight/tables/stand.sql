-- How each ticket that was opened before {at} stood then: of its events, what measures ask for.
SELECT
    event.ticket AS ticket,
    MIN(CASE WHEN kind = 50 THEN at END) AS first_reply_at,
    SUM(CASE WHEN kind = 50 THEN 1 ELSE 0 END) AS replies,
    MIN(CASE WHEN kind = 75 THEN at END) AS first_solved_at,
    MAX(CASE WHEN kind = 75 THEN at END) AS last_solved_at,
    MIN(CASE WHEN kind = 70 THEN at END) AS first_reopened_at,
    MAX(CASE WHEN kind = 70 THEN at END) AS last_reopened_at,
    MIN(CASE WHEN kind = 80 THEN at END) AS offered_at,
    MIN(CASE WHEN kind = 85 THEN at END) AS rated_at,
    MAX(CASE WHEN kind = 30 THEN 1 ELSE 0 END) AS assigned,
    -- Until N days after it was opened.
    MAX(CASE WHEN kind = 75 AND at <= created_at + {within} THEN at END) AS solved_within_at,
    MAX(CASE WHEN kind = 70 AND at <= created_at + {within} THEN at END) AS reopened_within_at,
    SUM(CASE WHEN kind = 50 AND at <= created_at + {within} THEN 1 ELSE 0 END) AS replies_within,
    MAX(CASE WHEN kind = 45 THEN 1 ELSE 0 END) AS linked,
    MAX(CASE WHEN kind = 45 AND at <= created_at + {within} THEN 1 ELSE 0 END) AS linked_within,
    MAX(CASE WHEN kind = 40 THEN 1 ELSE 0 END) AS macro,
    MAX(CASE WHEN kind = 40 AND at <= created_at + {within} THEN 1 ELSE 0 END) AS macro_within
FROM event
INNER JOIN ticket ON ticket.id = event.ticket
WHERE ticket.created_at < {at} AND ticket.created_at >= {since} AND event.at < {at}
GROUP BY event.ticket
