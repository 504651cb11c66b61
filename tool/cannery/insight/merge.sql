-- Statements that are run one after another. :source and :ends_at are those of the import.
-- A record that replaces holds from the end of the export on, if it doesn't say since when.
UPDATE incoming SET updated_at = :ends_at WHERE updated_at = 0 AND extent > 0;

-- What becomes of each record.
CREATE TEMP TABLE fate AS
SELECT
    i.n AS n, i.key AS key, i.extent AS extent, ticket.id AS ticket,
    CASE
        WHEN i.extent = 0 THEN 'added'
        WHEN i.place > 1 THEN 'double'
        WHEN ticket.id IS NULL THEN 'new'
        WHEN ticket.extent = 0 THEN 'changed'
        WHEN i.updated_at < ticket.updated_at THEN 'older'
        -- Of one age a history tells more than how a ticket stood.
        WHEN i.updated_at = ticket.updated_at AND i.extent = 2 AND ticket.extent = 1 THEN 'older'
        WHEN i.imprint = ticket.imprint AND i.extent = ticket.extent THEN 'same'
        ELSE 'changed'
    END AS fate
FROM (
    SELECT n, key, extent, updated_at, imprint, ROW_NUMBER() OVER (
        PARTITION BY key, extent > 0 ORDER BY updated_at DESC, extent, n DESC
    ) AS place
    FROM incoming
) i
LEFT JOIN ticket ON ticket.key = i.key
ORDER BY i.n;

-- Tickets that are new.
INSERT INTO ticket (key, created_at, updated_at, seen_at, extent, imprint, source, {attributes})
SELECT i.key, i.created_at, i.updated_at, max(:ends_at, i.updated_at), i.extent, i.imprint, :source, {told}
FROM fate f JOIN incoming i ON i.n = f.n
WHERE f.fate = 'new' ORDER BY f.n;
INSERT OR IGNORE INTO ticket (key, updated_at, source)
SELECT f.key, 0, :source FROM fate f WHERE f.fate = 'added' AND f.ticket IS NULL ORDER BY f.n;
UPDATE fate SET ticket = (SELECT id FROM ticket WHERE ticket.key = fate.key) WHERE ticket IS NULL;
CREATE INDEX temp.fate_ticket ON fate (ticket);

-- Solutions of which only the older of two rows of reports tells.
DELETE FROM event WHERE origin = 2 AND ticket IN (
    SELECT past.ticket FROM past JOIN fate ON fate.ticket = past.ticket
);
INSERT INTO past (ticket, solved_at, seen_at)
SELECT f.ticket, e.at, ticket.seen_at
FROM fate f
JOIN ticket ON ticket.id = f.ticket
JOIN event e ON e.ticket = f.ticket
WHERE f.fate = 'changed' AND f.extent = 2 AND e.kind = 75 AND e.origin = 0
    AND NOT EXISTS (SELECT 1 FROM incoming_event i WHERE i.n = f.n AND i.at = e.at AND i.kind = 75)
ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at);
INSERT INTO past (ticket, solved_at, seen_at)
SELECT f.ticket, e.at, max(:ends_at, i.updated_at)
FROM fate f
JOIN incoming i ON i.n = f.n
JOIN ticket ON ticket.id = f.ticket
JOIN incoming_event e ON e.n = f.n
WHERE f.fate = 'older' AND ticket.extent = 2 AND e.kind = 75
ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at);
DELETE FROM past WHERE ticket IN (
    SELECT ticket FROM fate WHERE fate = 'changed' AND extent = 1
);

-- The events of records that hold, in the place of those of records that did; and additions.
DELETE FROM event WHERE origin = 0 AND ticket IN (SELECT ticket FROM fate WHERE fate = 'changed');
-- A ticket that is gone keeps no additions, either.
DELETE FROM event WHERE ticket IN (
    SELECT f.ticket FROM fate f
    WHERE f.fate = 'changed' AND f.extent = 1
        AND NOT EXISTS (SELECT 1 FROM incoming_event e WHERE e.n = f.n)
);
INSERT INTO event (ticket, at, kind, detail, actor, value, origin)
SELECT f.ticket, e.at, e.kind, e.detail, e.actor, e.value, f.extent = 0
FROM fate f JOIN incoming_event e ON e.n = f.n
WHERE f.fate IN ('new', 'changed', 'added') ORDER BY f.n
ON CONFLICT DO UPDATE SET origin = excluded.origin WHERE excluded.origin > origin;

-- A solution that doesn't stand was reopened after it was seen last, at the earliest.
DELETE FROM past WHERE EXISTS (
    SELECT 1 FROM event e
    WHERE e.ticket = past.ticket AND e.at = past.solved_at AND e.kind = 75 AND e.origin < 2
) AND ticket IN (SELECT ticket FROM fate);
INSERT OR IGNORE INTO event (ticket, at, kind, origin)
SELECT past.ticket, past.solved_at, 75, 2 FROM past JOIN ticket ON ticket.id = past.ticket
WHERE past.ticket IN (SELECT ticket FROM fate);
INSERT OR IGNORE INTO event (ticket, at, kind, origin)
SELECT past.ticket, max(past.solved_at + 1, min(past.seen_at + 1, coalesce((
    SELECT min(e.at) FROM event e
    WHERE e.ticket = past.ticket AND e.kind = 75 AND e.at > past.solved_at
), past.seen_at + 1))), 70, 2
FROM past
WHERE past.ticket IN (SELECT ticket FROM fate) AND NOT EXISTS (
    SELECT 1 FROM event e
    WHERE e.ticket = past.ticket AND e.kind = 70 AND e.origin < 2 AND e.at > past.solved_at
);

-- What the records that hold tell of their tickets.
UPDATE ticket SET
    created_at = i.created_at, updated_at = i.updated_at,
    seen_at = max(CASE WHEN ticket.extent > 0 THEN ticket.seen_at ELSE 0 END, :ends_at, i.updated_at),
    extent = i.extent, imprint = i.imprint, {newest}
FROM fate f JOIN incoming i ON i.n = f.n
WHERE f.ticket = ticket.id AND f.fate = 'changed';
UPDATE ticket SET updated_at = i.updated_at, seen_at = max(ticket.seen_at, :ends_at, i.updated_at)
FROM fate f JOIN incoming i ON i.n = f.n
WHERE f.ticket = ticket.id AND f.fate = 'same';
UPDATE ticket SET {filled}
WHERE id IN (SELECT ticket FROM fate WHERE fate = 'added');
UPDATE ticket SET
    created_at = (SELECT min(at) FROM event e WHERE e.ticket = ticket.id AND e.kind = 10),
    seen_at = (SELECT max(at) FROM event e WHERE e.ticket = ticket.id)
WHERE extent = 0 AND id IN (SELECT ticket FROM fate WHERE fate = 'added')
