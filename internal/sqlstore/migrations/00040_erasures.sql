-- +goose Up

-- Closed accounts. Nothing may name them any more; the row stays for ever, for
-- games that end later.
CREATE TABLE erasures (
    user_id TEXT    NOT NULL PRIMARY KEY,
    scanned INTEGER NOT NULL, -- the last of the games without mentions that was looked at
    done    INTEGER NOT NULL  -- 1 once no stored game names the user
) WITHOUT ROWID;

CREATE INDEX erasures_by_done ON erasures (done, user_id);

-- Who is named in the record of a game without having played it: spectators who
-- wrote, people who were invited.
CREATE TABLE mentions (
    user_id TEXT    NOT NULL,
    number  INTEGER NOT NULL, -- of the game
    PRIMARY KEY (user_id, number)
) WITHOUT ROWID;

-- Games up to this number were archived before there were mentions.
INSERT INTO positions (projection, part, place) SELECT 'mentions', 0, last FROM numbering WHERE id = 1;

INSERT INTO erasures (user_id, scanned, done) SELECT id, 0, 0 FROM users WHERE closed = 1;

-- +goose Down
DELETE FROM positions WHERE projection = 'mentions';
DROP TABLE mentions;
DROP TABLE erasures;
