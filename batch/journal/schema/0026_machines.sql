-- +goose Up

-- The machine that the results are written on, where several work on the books; empty: it wasn't noted.
ALTER TABLE batches ADD COLUMN workbook_on TEXT NOT NULL DEFAULT '';

-- Why nothing is sent from these books before a person's word, whatever process asks; empty: it may be.
ALTER TABLE book ADD COLUMN halted TEXT NOT NULL DEFAULT '';
