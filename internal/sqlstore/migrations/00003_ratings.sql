-- +goose Up

-- The rating of a user on one ladder: a speed of standard chess, or a variant.
CREATE TABLE ratings (
    user_id    TEXT    NOT NULL,
    ladder     TEXT    NOT NULL,
    rating     REAL    NOT NULL,
    deviation  REAL    NOT NULL,
    volatility REAL    NOT NULL,
    games      INTEGER NOT NULL, -- rated games
    at_ms      INTEGER NOT NULL, -- the end of the last one
    PRIMARY KEY (user_id, ladder)
) WITHOUT ROWID;

CREATE INDEX ratings_by_rating ON ratings (ladder, rating, deviation, at_ms, user_id);

-- The rating after the last game of each day, for charts.
CREATE TABLE rating_days (
    user_id   TEXT    NOT NULL,
    ladder    TEXT    NOT NULL,
    day       INTEGER NOT NULL, -- Unix time in days, UTC
    rating    REAL    NOT NULL,
    deviation REAL    NOT NULL,
    PRIMARY KEY (user_id, ladder, day)
) WITHOUT ROWID;

-- The counts of a user on one ladder, and with an empty ladder over all.
CREATE TABLE stats (
    user_id       TEXT    NOT NULL,
    ladder        TEXT    NOT NULL,
    wins          INTEGER NOT NULL,
    draws         INTEGER NOT NULL,
    losses        INTEGER NOT NULL,
    rated         INTEGER NOT NULL,
    plies         INTEGER NOT NULL,
    played_ms     INTEGER NOT NULL, -- from the first move to the end
    streak        INTEGER NOT NULL, -- wins in a row, or negative, losses
    best_streak   INTEGER NOT NULL,
    worst_streak  INTEGER NOT NULL, -- 0 or negative
    best_win      INTEGER NOT NULL, -- number of the rated game won against the highest rating, or 0
    best_rating   INTEGER NOT NULL, -- that rating
    best_opponent TEXT    NOT NULL, -- and whose it was
    last_ms       INTEGER NOT NULL, -- the end of the last game
    PRIMARY KEY (user_id, ladder)
) WITHOUT ROWID;

-- How a user does in each opening, from each seat.
CREATE TABLE opening_stats (
    user_id TEXT    NOT NULL,
    seat    INTEGER NOT NULL,
    opening TEXT    NOT NULL,
    eco     TEXT    NOT NULL,
    wins    INTEGER NOT NULL,
    draws   INTEGER NOT NULL,
    losses  INTEGER NOT NULL,
    PRIMARY KEY (user_id, seat, opening)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE opening_stats;
DROP TABLE stats;
DROP TABLE rating_days;
DROP TABLE ratings;
