-- +goose Up

-- Transfers of chips from one account to another, in double entry.
CREATE TABLE transfers (
    id      TEXT    NOT NULL PRIMARY KEY, -- unique, so that nothing happens twice
    at_ms   INTEGER NOT NULL,             -- when, in Unix milliseconds
    giver   TEXT    NOT NULL,             -- the account it is taken from
    taker   TEXT    NOT NULL,             -- the account it is given to
    chips   INTEGER NOT NULL,             -- over 0
    why     TEXT    NOT NULL,             -- a word for people
    state   TEXT    NOT NULL              -- done, open or cancelled
) WITHOUT ROWID;

CREATE INDEX transfers_given ON transfers (giver, at_ms);
CREATE INDEX transfers_taken ON transfers (taker, at_ms);
CREATE INDEX transfers_open ON transfers (state, at_ms);

-- What the transfers of an account add up to.
CREATE TABLE balances (
    account TEXT    NOT NULL PRIMARY KEY,
    chips   INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE balances;
DROP TABLE transfers;
