-- Between two changes of a ticket's state: how long the time ran in which it is to be solved
-- (`used`), and in which it should have been, also while it was solved (`passed`), until the end of
-- each span.
SELECT
    ticket,
    resolution_target AS target,
    is_solved,
    SUM(CASE WHEN is_solved = 0 AND is_paused = 0 THEN seconds ELSE 0 END) OVER (
        PARTITION BY ticket ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS used,
    SUM(CASE WHEN is_paused = 0 THEN seconds ELSE 0 END) OVER (
        PARTITION BY ticket ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS passed
FROM (
    SELECT
        ticket,
        resolution_target,
        place,
        seconds,
        CASE WHEN solved_place > begun_place THEN 1 ELSE 0 END AS is_solved,
        CASE WHEN is_pause = 1 AND (solved_place IS NULL OR solved_place < begun_place) THEN 1
            ELSE 0 END AS is_paused
    FROM (
        SELECT
            moment.ticket AS ticket,
            moment.resolution_target AS resolution_target,
            moment.place AS place,
            moment.is_pause AS is_pause,
            COALESCE(
                LEAD(moment.clock) OVER (PARTITION BY moment.ticket ORDER BY moment.place),
                moment.ended
            ) - moment.clock AS seconds,
            MAX(CASE WHEN moment.kind = 75 THEN moment.place END) OVER (
                PARTITION BY moment.ticket ORDER BY moment.place
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS solved_place,
            MAX(CASE WHEN moment.kind IN (10, 70) THEN moment.place END) OVER (
                PARTITION BY moment.ticket ORDER BY moment.place
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) AS begun_place
        FROM moment
        WHERE moment.kind IN (10, 60, 65, 70, 75)
    ) AS change
) AS state
