-- +goose Up

-- Who does what one process of a cluster does at a time.
CREATE TABLE works (
    name    TEXT    NOT NULL PRIMARY KEY,
    epoch   INTEGER NOT NULL, -- grows with every holder; what an older one writes is refused
    beat_ms INTEGER NOT NULL  -- the holder's last sign of life, in Unix milliseconds of the database; 0 for nobody
) WITHOUT ROWID;

-- A beat changes no column of a key, and so does not wait for transactions that hold on to the epoch.
CREATE UNIQUE INDEX works_by_epoch ON works (name, epoch);

-- +goose Down
DROP TABLE works;
