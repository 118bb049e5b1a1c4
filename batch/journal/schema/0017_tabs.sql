-- +goose Up

-- The worksheet that a row stands on, where several were read as one sheet; '': the sheet was read alone. The line of
-- such a row is behind those of the worksheets before; it bears its number in its lower bits.
ALTER TABLE rows ADD COLUMN tab TEXT NOT NULL DEFAULT '';
CREATE INDEX rows_tab ON rows (batch, tab, line) WHERE tab <> '';
