-- A row for each ticket that was opened before {at}: how it stood then, what it is about, what its
-- source tells of, and the local weeks and months of its times.
SELECT
    stand.*,
    ticket.created_at AS created_at,
    {ticket_dimensions},
    COALESCE(handed.handovers, 0) AS handovers,
    tells.tells_replies AS tells_replies,
    tells.tells_all_replies AS tells_all_replies,
    tells.tells_solutions AS tells_solutions,
    tells.tells_reopenings AS tells_reopenings,
    tells.tells_assignments AS tells_assignments,
    tells.tells_links AS tells_links,
    tells.tells_macros AS tells_macros,
    created.day AS created_day,
    created.week AS created_week,
    created.month AS created_month,
    first_solved.week AS first_solved_week,
    first_solved.month AS first_solved_month,
    last_solved.week AS last_solved_week,
    last_solved.month AS last_solved_month,
    offered.week AS offered_week,
    offered.month AS offered_month
FROM stand
INNER JOIN ticket ON ticket.id = stand.ticket
INNER JOIN tells ON tells.source = ticket.source
LEFT JOIN handed ON handed.ticket = stand.ticket
LEFT JOIN slot AS created ON created.starts_at = ticket.created_at - ticket.created_at % 900
LEFT JOIN slot AS first_solved
    ON first_solved.starts_at = stand.first_solved_at - stand.first_solved_at % 900
LEFT JOIN slot AS last_solved
    ON last_solved.starts_at = stand.last_solved_at - stand.last_solved_at % 900
LEFT JOIN slot AS offered ON offered.starts_at = stand.offered_at - stand.offered_at % 900
