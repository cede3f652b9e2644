-- +goose Up

-- A WebAuthn credential.
CREATE TABLE passkeys (
    id         TEXT    NOT NULL PRIMARY KEY, -- the credential's id, base64url
    user_id    TEXT    NOT NULL REFERENCES users (id),
    name       TEXT    NOT NULL,             -- what its owner calls it
    state      BLOB    NOT NULL,             -- public key, counter, flags: JSON
    created_ms INTEGER NOT NULL,
    used_ms    INTEGER NOT NULL              -- 0 for never
) WITHOUT ROWID;

CREATE INDEX passkeys_by_user ON passkeys (user_id, created_ms);

-- A personal access token.
CREATE TABLE access_tokens (
    hash       BLOB    NOT NULL PRIMARY KEY, -- SHA-256 of the token; the token itself is stored nowhere
    id         TEXT    NOT NULL UNIQUE,      -- how its owner names it
    user_id    TEXT    NOT NULL REFERENCES users (id),
    name       TEXT    NOT NULL,
    scopes     TEXT    NOT NULL,             -- with spaces between
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms    INTEGER NOT NULL              -- 0 for never
) WITHOUT ROWID;

CREATE INDEX access_tokens_by_user ON access_tokens (user_id, created_ms);

-- A link for a new password. A user has one at most.
CREATE TABLE links (
    user_id    TEXT    NOT NULL PRIMARY KEY REFERENCES users (id),
    hash       BLOB    NOT NULL UNIQUE,      -- SHA-256 of its token
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- The choices of the client that follow a user.
CREATE TABLE settings (
    user_id TEXT    NOT NULL PRIMARY KEY REFERENCES users (id),
    version INTEGER NOT NULL, -- counts the changes
    body    BLOB    NOT NULL  -- one JSON object
) WITHOUT ROWID;

-- Who wants nothing of whom.
CREATE TABLE blocks (
    user_id    TEXT    NOT NULL REFERENCES users (id),
    other_id   TEXT    NOT NULL REFERENCES users (id),
    created_ms INTEGER NOT NULL,
    PRIMARY KEY (user_id, other_id)
) WITHOUT ROWID;

CREATE INDEX blocks_by_other ON blocks (other_id);

-- +goose Down
DROP TABLE blocks;
DROP TABLE settings;
DROP TABLE links;
DROP TABLE access_tokens;
DROP TABLE passkeys;
