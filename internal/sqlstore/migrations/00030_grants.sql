-- +goose Up

-- What a user allowed a program, until it fetches its token.
CREATE TABLE grants (
    code       BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the authorization code
    user_id    TEXT    NOT NULL,
    client     TEXT    NOT NULL,             -- what the program calls itself
    redirect   TEXT    NOT NULL,
    challenge  TEXT    NOT NULL,             -- S256 of its proof key, base64url
    scopes     TEXT    NOT NULL,             -- with spaces between
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE grants;
