-- Events, not sums. Ids of tickets and people are hashed with a local key before they come here.
CREATE TABLE IF NOT EXISTS ticket (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,  -- seconds since the epoch, as all times
    updated_at INTEGER NOT NULL,  -- of the record that holds
    source TEXT NOT NULL,
    section TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    product TEXT NOT NULL DEFAULT '',
    region TEXT NOT NULL DEFAULT '',
    tier TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT '',
    team TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS event (
    ticket INTEGER NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    kind INTEGER NOT NULL,  -- as EventKind numbers them
    detail TEXT NOT NULL DEFAULT '',
    actor BLOB NOT NULL DEFAULT x'',
    value REAL,
    PRIMARY KEY (ticket, at, kind, detail, actor)
) WITHOUT ROWID;
-- How far the data of each source reach: the end of the data, beyond which nothing is known.
CREATE TABLE IF NOT EXISTS source (
    name TEXT PRIMARY KEY,
    ends_at INTEGER NOT NULL,
    cursor TEXT NOT NULL DEFAULT ''  -- where the next import goes on
) WITHOUT ROWID;
