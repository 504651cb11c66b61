-- Events, not sums. Ids of tickets and people are hashed with a local key before they come here.
-- A change of this goes with a new VERSION, and a step to it, in database.py.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    created_at INTEGER,  -- seconds since the epoch, as all times; NULL as long as nothing tells it
    updated_at INTEGER NOT NULL,  -- of the record that holds; 0 where there are only additions
    source TEXT NOT NULL,
    section TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    product TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    tier TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT '',
    seen_at INTEGER NOT NULL DEFAULT 0,  -- the end of the newest export that the record is from
    extent INTEGER NOT NULL DEFAULT 0,  -- of the record that holds, as Extent numbers them
    imprint INTEGER NOT NULL DEFAULT 0  -- of all that the record tells: the same one changes nothing
);
CREATE TABLE event (
    ticket INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,  -- as EventKind numbers them
    detail TEXT NOT NULL DEFAULT '',
    actor BLOB NOT NULL DEFAULT x'',
    value REAL,
    origin INTEGER NOT NULL DEFAULT 0,  -- 0: the record that holds; 1: added; 2: worked out of `past`
    PRIMARY KEY (ticket, at, kind, detail, actor)
) WITHOUT ROWID;
-- Solutions that an earlier export told, and a later one doesn't: the ticket was opened again.
CREATE TABLE past (
    ticket INTEGER NOT NULL,
    solved_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,  -- the end of the last export that it stood in
    PRIMARY KEY (ticket, solved_at)
) WITHOUT ROWID;
-- How far the data of each source reach: the end of the data, beyond which nothing is known.
CREATE TABLE source (
    name TEXT PRIMARY KEY,
    ends_at INTEGER NOT NULL,
    cursor TEXT NOT NULL DEFAULT '',  -- where the next import goes on
    imported_at INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- Tells whether ids were hashed with the key that is there now.
CREATE TABLE proof (digest BLOB PRIMARY KEY) WITHOUT ROWID;
