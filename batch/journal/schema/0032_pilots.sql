-- +goose Up

-- The pilot of a batch: how many rows it has, 0: there is none; those are its rows that were sent after pilot_after; and
-- whether it is over, so that the next one is another.
ALTER TABLE batches ADD COLUMN pilot INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN pilot_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN pilot_over INTEGER NOT NULL DEFAULT 0;
