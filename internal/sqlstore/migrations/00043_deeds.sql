-- +goose Up

-- What people who run the server did to the accounts of others.
CREATE TABLE deeds (
    id      TEXT    NOT NULL PRIMARY KEY,
    at_ms   INTEGER NOT NULL, -- Unix time in milliseconds
    actor   TEXT    NOT NULL, -- a user; empty for who can read the database
    what    TEXT    NOT NULL, -- role, rename, close, sessions, sign-out, password, link, add
    subject TEXT    NOT NULL, -- the user it was done to
    detail  TEXT    NOT NULL, -- such as the new role
    outcome TEXT    NOT NULL  -- begun, done, refused
) WITHOUT ROWID;

CREATE INDEX deeds_by_time ON deeds (at_ms, id);
CREATE INDEX deeds_by_subject ON deeds (subject);

-- +goose Down
DROP TABLE deeds;
