-- How often a ticket went from one to another until N days after it was opened.
SELECT ticket, COUNT(*) AS handovers
FROM (
    SELECT
        event.ticket AS ticket,
        event.at AS at,
        ticket.created_at AS created_at,
        event.detail AS holder,
        LAG(event.detail) OVER (PARTITION BY event.ticket ORDER BY event.at, event.detail) AS previous
    FROM event
    INNER JOIN ticket ON ticket.id = event.ticket
    WHERE event.kind = 30 AND event.detail <> '' AND event.at < {at}
) AS assigned
WHERE previous IS NOT NULL AND previous <> holder AND at <= created_at + {within}
GROUP BY ticket
