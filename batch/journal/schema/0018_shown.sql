-- +goose Up

-- How the file of a batch's results was known when they were written: what nothing changed in isn't written again.
ALTER TABLE batches ADD COLUMN shown TEXT NOT NULL DEFAULT '';

-- Orders that may still be under way are found by what they are for once a panel says that one is.
DROP INDEX rows_open;
