-- +goose Up

-- A person: a guest, or a registered user. House players are not stored.
CREATE TABLE users (
    id         TEXT    NOT NULL PRIMARY KEY, -- 12 base-62 characters, for ever
    name       TEXT    NOT NULL,             -- as shown
    name_key   TEXT    NOT NULL UNIQUE,      -- the name in lower case: nobody has a name that looks the same
    guest      INTEGER NOT NULL,             -- 1 until the user signs up, then 0
    created_ms INTEGER NOT NULL              -- Unix time in milliseconds
) WITHOUT ROWID;

-- A browser or program that is signed in.
CREATE TABLE sessions (
    hash       BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the token; the token itself is stored nowhere
    user_id    TEXT    NOT NULL REFERENCES users (id),
    created_ms INTEGER NOT NULL              -- Unix time in milliseconds
) WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);

-- +goose Down
DROP TABLE sessions;
DROP TABLE users;
