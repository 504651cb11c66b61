-- A row for each time that a customer began to wait: for a first reply when the ticket was opened,
-- for the next one whenever they wrote again after a reply or a solution. What is solved in time without a reply
-- counts for nothing, as does what isn't due yet.
SELECT
    ticket,
    is_first,
    CASE
        WHEN target = 0 OR ended IS NULL OR ended - clock <= target THEN 0
        WHEN replied - clock <= target THEN 1
        WHEN solved - clock <= target THEN 0
        ELSE 1
    END AS is_due,
    CASE WHEN replied - clock <= target THEN 1 ELSE 0 END AS is_met
FROM (
    SELECT
        moment.ticket AS ticket,
        moment.kind AS kind,
        moment.clock AS clock,
        CASE WHEN moment.kind = 10 THEN 1 ELSE 0 END AS is_first,
        CASE WHEN moment.kind = 10 THEN moment.first_reply_target ELSE moment.next_reply_target
            END AS target,
        moment.ended AS ended,
        LAG(moment.kind) OVER (PARTITION BY moment.ticket ORDER BY moment.place) AS kind_before,
        MIN(CASE WHEN moment.kind = 50 THEN moment.clock END) OVER (
            PARTITION BY moment.ticket ORDER BY moment.place
            ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS replied,
        MIN(CASE WHEN moment.kind = 75 THEN moment.clock END) OVER (
            PARTITION BY moment.ticket ORDER BY moment.place
            ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        ) AS solved
    FROM moment
    WHERE moment.kind IN (10, 20, 50, 75)
) AS happened
WHERE kind = 10 OR (kind = 20 AND kind_before IN (50, 75))
