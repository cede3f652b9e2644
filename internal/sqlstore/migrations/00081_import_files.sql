-- +goose Up

-- Files that wait to be imported, in pieces, where several nodes take them.
CREATE TABLE import_files (
    import  TEXT    NOT NULL, -- the id in imports, which has a row when the file is whole
    part    INTEGER NOT NULL, -- from 0
    kept_ms INTEGER NOT NULL, -- when, in Unix milliseconds
    body    BLOB    NOT NULL,
    PRIMARY KEY (import, part)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE import_files;
