-- +goose Up

-- What a user may do, and whether the account is closed.
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'user'; -- user, bot, moderator, admin
ALTER TABLE users ADD COLUMN closed INTEGER NOT NULL DEFAULT 0; -- 1 once the account is closed

-- Who opened a session, told to its owner.
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';   -- such as iPhone
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';  -- such as Firefox 140
ALTER TABLE sessions ADD COLUMN addr TEXT NOT NULL DEFAULT '';     -- the last address
ALTER TABLE sessions ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0; -- last use, to about a minute; Unix time in milliseconds

-- The secrets and choices of a registered user; guests have none.
CREATE TABLE credentials (
    user_id     TEXT    NOT NULL PRIMARY KEY REFERENCES users (id),
    password    TEXT    NOT NULL, -- argon2id in PHC form; empty for none
    email       TEXT    NOT NULL, -- empty for none
    renamed_ms  INTEGER NOT NULL, -- Unix time in milliseconds; 0 for never
    totp_secret TEXT    NOT NULL, -- base 32; empty for none
    totp_on     INTEGER NOT NULL, -- 1 once a first code was given
    totp_step   INTEGER NOT NULL, -- of the last code that was taken
    recovery    TEXT    NOT NULL, -- SHA-256 of each recovery code that is left, in hexadecimal, with spaces between
    challenge   TEXT    NOT NULL, -- who may challenge: everyone, registered, nobody
    chat        TEXT    NOT NULL, -- who may write
    hidden      INTEGER NOT NULL  -- 1: others do not see whether the user is online
) WITHOUT ROWID;

CREATE INDEX users_by_role ON users (role);

-- The one row that every change of an account takes in turn, and what others
-- are told by: the mark at which each user was last changed.
CREATE TABLE account_marks (
    id   INTEGER NOT NULL PRIMARY KEY,
    mark INTEGER NOT NULL
);
INSERT INTO account_marks (id, mark) VALUES (1, 0);

CREATE TABLE account_news (
    user_id TEXT    NOT NULL PRIMARY KEY,
    mark    INTEGER NOT NULL UNIQUE
) WITHOUT ROWID;

-- +goose Down
DROP TABLE account_news;
DROP TABLE account_marks;
DROP TABLE credentials;
DROP INDEX users_by_role;
ALTER TABLE sessions DROP COLUMN seen_ms;
ALTER TABLE sessions DROP COLUMN addr;
ALTER TABLE sessions DROP COLUMN browser;
ALTER TABLE sessions DROP COLUMN device;
ALTER TABLE users DROP COLUMN closed;
ALTER TABLE users DROP COLUMN role;
