-- +goose Up

-- How a user does by what is the same in many games: the color, the control.
CREATE TABLE facets (
    user_id TEXT    NOT NULL,
    facet   TEXT    NOT NULL, -- color, control
    value   TEXT    NOT NULL, -- white, black; as in 3+2
    wins    INTEGER NOT NULL,
    draws   INTEGER NOT NULL,
    losses  INTEGER NOT NULL,
    PRIMARY KEY (user_id, facet, value)
) WITHOUT ROWID;

-- +goose Down
DELETE FROM positions WHERE projection = 'facets';
DROP TABLE facets;
