-- Each time that a ticket was open: from `begins_at` until before `ends_at`, NULL if it still is.
-- Of a source that never tells a solution it isn't known what is open.
SELECT
    spells.ticket AS ticket,
    fact.created_day AS created_day,
    {dimensions},
    CASE WHEN spells.ends_at IS NULL THEN 1 ELSE 0 END AS is_open,
    begun.week AS begins_week,
    begun.month AS begins_month,
    ended.week AS ends_week,
    ended.month AS ends_month
FROM (
    SELECT ticket, created_at AS begins_at, first_solved_at AS ends_at
    FROM fact
    WHERE tells_solutions = 1 AND first_reopened_at IS NULL
    UNION ALL
    SELECT ticket, at AS begins_at, ends_at
    FROM (
        SELECT ticket, at, kind, LEAD(at) OVER (PARTITION BY ticket ORDER BY at, kind) AS ends_at
        FROM (
            SELECT
                event.ticket AS ticket,
                event.at AS at,
                event.kind AS kind,
                LAG(event.kind) OVER (PARTITION BY event.ticket ORDER BY event.at, event.kind)
                    AS previous
            FROM fact
            INNER JOIN event ON event.ticket = fact.ticket
            WHERE
                fact.tells_solutions = 1
                AND fact.first_reopened_at IS NOT NULL
                AND event.kind IN (10, 70, 75)
                AND event.at < {at}
        ) AS steps
        WHERE previous IS NULL OR (kind = 75 AND previous <> 75) OR (kind <> 75 AND previous = 75)
    ) AS turns
    WHERE kind <> 75
) AS spells
INNER JOIN fact ON fact.ticket = spells.ticket
LEFT JOIN slot AS begun ON begun.starts_at = spells.begins_at - spells.begins_at % 900
LEFT JOIN slot AS ended ON ended.starts_at = spells.ends_at - spells.ends_at % 900
