-- +goose Up

-- Reviews of games that were asked for and are not done.
CREATE TABLE analysis_jobs (
    game         TEXT    NOT NULL PRIMARY KEY, -- the table
    user_id      TEXT    NOT NULL,             -- who asked
    requested_ms INTEGER NOT NULL,             -- when, in Unix milliseconds
    tries        INTEGER NOT NULL              -- how often it was begun
) WITHOUT ROWID;

CREATE INDEX analysis_jobs_in_order ON analysis_jobs (requested_ms, game);

-- What an engine thinks of a game.
CREATE TABLE analyses (
    game       TEXT    NOT NULL PRIMARY KEY, -- the table
    made_by    TEXT    NOT NULL,             -- server or client
    user_id    TEXT    NOT NULL,             -- who sent the report of a client, or asked for the server's
    created_ms INTEGER NOT NULL,             -- in Unix milliseconds
    report     BLOB    NOT NULL              -- JSON, compressed with deflate
);
