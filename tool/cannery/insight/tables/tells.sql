-- What each source tells of at all: of what it never tells, nothing is known of its tickets.
SELECT
    ticket.source AS source,
    MAX(CASE WHEN replies > 0 THEN 1 ELSE 0 END) AS tells_replies,
    MAX(CASE WHEN replies > 1 THEN 1 ELSE 0 END) AS tells_all_replies,
    MAX(CASE WHEN first_solved_at IS NOT NULL THEN 1 ELSE 0 END) AS tells_solutions,
    MAX(CASE WHEN first_reopened_at IS NOT NULL THEN 1 ELSE 0 END) AS tells_reopenings,
    MAX(assigned) AS tells_assignments,
    MAX(linked) AS tells_links,
    MAX(macro) AS tells_macros
FROM stand
INNER JOIN ticket ON ticket.id = stand.ticket
GROUP BY ticket.source
