-- +goose Up

-- The row that was ordered, or may have been, for which a held row may stand: a person edited its sheet. 0: none.
ALTER TABLE rows ADD COLUMN for_batch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rows ADD COLUMN for_seq BIGINT NOT NULL DEFAULT 0;
CREATE INDEX rows_for ON rows (batch, seq) WHERE for_batch <> 0;
