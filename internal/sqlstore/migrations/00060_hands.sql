-- +goose Up

-- Hands of games that are played in hands. The columns but the record are what
-- everybody may know who may read the hand.
CREATE TABLE hands (
    table_id   TEXT    NOT NULL,
    number     INTEGER NOT NULL, -- counts the hands of the table from 1
    kind       TEXT    NOT NULL, -- the game
    variant    TEXT    NOT NULL, -- as in "holdem"
    bounds     TEXT    NOT NULL, -- the limit, as in "no-limit"
    format     TEXT    NOT NULL, -- cash or sng
    stakes     TEXT    NOT NULL, -- small and big blind, as in "5/10"
    private    INTEGER NOT NULL, -- 1: only for those who played at the table
    began_ms   INTEGER NOT NULL, -- in Unix milliseconds
    ended_ms   INTEGER NOT NULL,
    pot        INTEGER NOT NULL, -- chips that were paid out
    board      TEXT    NOT NULL, -- as in "2c7d9h"
    seq        INTEGER NOT NULL, -- the last record of the table that is in the blob
    blob       BLOB    NOT NULL, -- the whole hand, secret: see hands.Pack
    PRIMARY KEY (table_id, number)
) WITHOUT ROWID;

-- Who was dealt in.
CREATE TABLE hand_players (
    table_id   TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    seat       INTEGER NOT NULL,
    user_id    TEXT    NOT NULL,
    name       TEXT    NOT NULL, -- that of the time, or what stands for a closed account
    house      INTEGER NOT NULL, -- 1: a house player
    net        INTEGER NOT NULL, -- chips won or lost
    won        INTEGER NOT NULL, -- chips paid out of the pot
    showdown   INTEGER NOT NULL, -- 1: was in the hand at its end, and not alone
    cards      TEXT    NOT NULL, -- secret: for the player alone
    variant    TEXT    NOT NULL, -- those of the hand, for filters
    format     TEXT    NOT NULL,
    stakes     TEXT    NOT NULL,
    ended_ms   INTEGER NOT NULL,
    PRIMARY KEY (table_id, number, seat)
) WITHOUT ROWID;

CREATE INDEX hand_history ON hand_players (user_id, ended_ms, table_id, number) WHERE house = 0;
CREATE INDEX hand_sittings ON hand_players (table_id, user_id, number) WHERE house = 0;

-- What somebody did in all hands of a class, as counts that are added up.
CREATE TABLE hand_tallies (
    user_id     TEXT    NOT NULL,
    variant     TEXT    NOT NULL,
    bounds      TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    counts      TEXT    NOT NULL, -- JSON: numbers by names
    best_won    INTEGER NOT NULL, -- the most chips that one hand paid
    best_table  TEXT    NOT NULL, -- which hand
    best_number INTEGER NOT NULL,
    PRIMARY KEY (user_id, variant, bounds, format)
) WITHOUT ROWID;

-- One row, which whoever writes hands or erases names from them changes first:
-- so they wait for each other.
CREATE TABLE hand_gate (
    id     INTEGER NOT NULL PRIMARY KEY,
    writes INTEGER NOT NULL
);
INSERT INTO hand_gate (id, writes) VALUES (1, 0);

-- +goose Down
DROP TABLE hand_gate;
DROP TABLE hand_tallies;
DROP TABLE hand_players;
DROP TABLE hands;
