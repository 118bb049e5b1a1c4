-- +goose Up

-- What the bytes of the sheet's file were: the same file with other cells edited on the page is the same rows. Empty: it
-- wasn't noted.
ALTER TABLE batches ADD COLUMN digest TEXT NOT NULL DEFAULT '';
CREATE INDEX batches_digest ON batches (digest) WHERE digest <> '';
