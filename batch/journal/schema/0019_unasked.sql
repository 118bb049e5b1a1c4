-- +goose Up

-- Orders that the panel was never asked about are due since 0, and found by that.
UPDATE rows SET due_at = 0 WHERE state = 'placed' AND checked_at = 0 AND due_at > 0;
DROP INDEX rows_unasked;
