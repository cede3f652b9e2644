-- +goose Up

-- A chart is read from its index alone: else each of its days is on a page of
-- its own. In SQLite the table is the index.
-- PostgreSQL: ALTER TABLE rating_days DROP CONSTRAINT rating_days_pkey, ADD PRIMARY KEY (user_id, ladder, day) INCLUDE (rating, deviation);

-- +goose Down
-- PostgreSQL: ALTER TABLE rating_days DROP CONSTRAINT rating_days_pkey, ADD PRIMARY KEY (user_id, ladder, day);
