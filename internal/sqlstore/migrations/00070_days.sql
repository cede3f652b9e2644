-- +goose Up

-- The days of every turn, in games by correspondence; 0 in all others.
ALTER TABLE games ADD COLUMN days INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE games DROP COLUMN days;
