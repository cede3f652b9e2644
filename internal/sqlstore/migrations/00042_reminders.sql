-- +goose Up

-- Who wants a letter when a game waits for them.
CREATE TABLE reminders (
    user_id TEXT    NOT NULL PRIMARY KEY REFERENCES users (id),
    after_h INTEGER NOT NULL, -- hours away; 0 for never
    sent_ms INTEGER NOT NULL  -- the last letter, Unix time in milliseconds; 0 for none
) WITHOUT ROWID;

-- What this server signs with.
CREATE TABLE signing_keys (
    id  INTEGER NOT NULL PRIMARY KEY,
    key BLOB    NOT NULL
);

-- +goose Down
DROP TABLE signing_keys;
DROP TABLE reminders;
