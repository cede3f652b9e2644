-- +goose Up

-- Files of games that users brought.
CREATE TABLE imports (
    id         TEXT    NOT NULL PRIMARY KEY,
    owner      TEXT    NOT NULL, -- the user
    state      TEXT    NOT NULL, -- running, done, failed
    why        TEXT    NOT NULL, -- it failed
    public     INTEGER NOT NULL, -- 1 if everybody may see the games
    size       INTEGER NOT NULL, -- of the file, in bytes
    done_bytes INTEGER NOT NULL, -- how much of it was read
    games      INTEGER NOT NULL, -- in the file, so far, of which
    added      INTEGER NOT NULL, -- so many are new,
    duplicates INTEGER NOT NULL, -- so many were there before,
    refused    INTEGER NOT NULL, -- and so many cannot be read
    errors     TEXT    NOT NULL, -- the first of them: a list in JSON
    created_ms INTEGER NOT NULL, -- Unix time in milliseconds, as all below
    done_ms    INTEGER NOT NULL  -- 0 while it runs
);

CREATE INDEX imports_by_owner ON imports (owner, created_ms);

-- The games of those files.
CREATE TABLE library (
    id         TEXT    NOT NULL PRIMARY KEY, -- like that of a table
    owner      TEXT    NOT NULL,
    import     TEXT    NOT NULL,             -- the file
    hash       BLOB    NOT NULL,             -- the same for the same game
    public     INTEGER NOT NULL,
    players    TEXT    NOT NULL,             -- as in games
    status     TEXT    NOT NULL,             -- how it ended, empty if it did not
    winners    INTEGER NOT NULL,             -- the seats that won, a bit each
    variant    TEXT    NOT NULL,
    played_ms  INTEGER NOT NULL,             -- 0 if that is not known
    plies      INTEGER NOT NULL,
    eco        TEXT    NOT NULL,
    opening    TEXT    NOT NULL,
    body       BLOB    NOT NULL,             -- PGN, compressed with deflate
    UNIQUE (owner, hash)
);

CREATE INDEX library_by_owner ON library (owner, played_ms, id);
CREATE INDEX library_by_import ON library (import);
