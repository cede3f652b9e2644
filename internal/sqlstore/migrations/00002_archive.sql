-- +goose Up

-- How far a projection has followed the journal or, in partition 0, the archive.
CREATE TABLE positions (
    projection TEXT    NOT NULL, -- archiver, ratings, stats
    part       INTEGER NOT NULL, -- the partition of the journal, 0 to 255
    place      INTEGER NOT NULL, -- the last position or game number that is done
    PRIMARY KEY (projection, part)
) WITHOUT ROWID;

-- A table that the journal still has: running, or over and soon forgotten.
CREATE TABLE live (
    id         TEXT    NOT NULL PRIMARY KEY, -- of the table
    kind       TEXT    NOT NULL,             -- of the game
    seq        INTEGER NOT NULL,             -- of the last record seen
    ply        INTEGER NOT NULL,             -- turns taken
    over       INTEGER NOT NULL,             -- 1 once the game has ended
    created_ms INTEGER NOT NULL,             -- Unix time in milliseconds, as all below
    touched_ms INTEGER NOT NULL              -- of the last record
) WITHOUT ROWID;

CREATE INDEX live_by_touched ON live (over, touched_ms);

-- The moves of running games; those of finished ones are in their record.
CREATE TABLE moves (
    game     TEXT    NOT NULL, -- the table
    ply      INTEGER NOT NULL, -- move number, counted from 1 over all players
    seq      INTEGER NOT NULL, -- of its record in the journal
    seat     INTEGER NOT NULL, -- who moved: the seat,
    user_id  TEXT    NOT NULL, -- and its player
    at_ms    INTEGER NOT NULL, -- when it arrived
    spent_ms INTEGER NOT NULL, -- what it took from the clock
    what     TEXT    NOT NULL, -- the move, in the notation of its game
    PRIMARY KEY (game, ply)
) WITHOUT ROWID;

-- Finished games, numbered in the order of archiving.
CREATE TABLE games (
    number       INTEGER NOT NULL PRIMARY KEY,
    id           TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    variant      TEXT    NOT NULL,
    speed        TEXT    NOT NULL,
    initial_ms   INTEGER NOT NULL, -- the time control; all three 0 without a clock
    increment_ms INTEGER NOT NULL,
    delay_ms     INTEGER NOT NULL,
    origin       TEXT    NOT NULL,
    rated        INTEGER NOT NULL,
    prior        TEXT    NOT NULL, -- the table of which this is the rematch, or empty
    series       INTEGER NOT NULL, -- games of the same players before it in a row
    players      TEXT    NOT NULL, -- JSON, a player a seat: u user, n name, g guest, h house level, b rating before, a after, p provisional
    status       TEXT    NOT NULL,
    winners      INTEGER NOT NULL, -- a bit a seat, seat 0 the lowest
    void         INTEGER NOT NULL, -- 1: counts for nobody
    created_ms   INTEGER NOT NULL,
    started_ms   INTEGER NOT NULL, -- of the first move, or else the end
    ended_ms     INTEGER NOT NULL,
    plies        INTEGER NOT NULL,
    eco          TEXT    NOT NULL, -- code and name of the opening, or empty
    opening      TEXT    NOT NULL
);

CREATE UNIQUE INDEX games_by_id ON games (id);

-- What happened in a finished game (see package archive, Pack).
CREATE TABLE records (
    number INTEGER NOT NULL PRIMARY KEY, -- of the game
    blob   BLOB    NOT NULL
);

-- The last number given to a game. Who writes games takes this row first.
CREATE TABLE numbering (
    id   INTEGER NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
);
INSERT INTO numbering (id, last) VALUES (1, 0);

-- The games of each user, newest last. Every filter is answered from one index.
CREATE TABLE history (
    user_id  TEXT    NOT NULL,
    ended_ms INTEGER NOT NULL,
    number   INTEGER NOT NULL, -- of the game
    seat     INTEGER NOT NULL,
    result   INTEGER NOT NULL, -- 1 loss, 2 draw, 3 win, 4 void
    rated    INTEGER NOT NULL,
    ladder   TEXT    NOT NULL, -- the speed, or the variant: what has a rating of its own
    opponent TEXT    NOT NULL, -- of two players the other; otherwise empty
    PRIMARY KEY (user_id, ended_ms, number)
) WITHOUT ROWID;

CREATE INDEX history_by_ladder ON history (user_id, ladder, ended_ms, number, seat, result, rated);
CREATE INDEX history_by_opponent ON history (user_id, opponent, ended_ms, number, seat, result, rated, ladder);

-- What could not be followed: somebody must look at it.
CREATE TABLE poison (
    projection TEXT    NOT NULL,
    subject    TEXT    NOT NULL, -- the table
    seq        INTEGER NOT NULL, -- the record it began with, 0 for all
    why        TEXT    NOT NULL,
    at_ms      INTEGER NOT NULL,
    PRIMARY KEY (projection, subject)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE poison;
DROP TABLE history;
DROP TABLE numbering;
DROP TABLE records;
DROP TABLE games;
DROP TABLE moves;
DROP TABLE live;
DROP TABLE positions;
