-- +goose Up

-- What a person must decide about a row before it is sent, beyond why it is held: names of warnings, and duplicate,
-- each between bars.
ALTER TABLE rows ADD COLUMN asks TEXT NOT NULL DEFAULT '';
CREATE INDEX rows_asks ON rows (batch, seq) WHERE asks <> '';

-- What rows that wait would cost is added up from the index alone, with what they ask.
DROP INDEX rows_waiting;
CREATE INDEX rows_waiting ON rows (batch, panel, service, state, reason, rate, units_low, units_high, asks)
    WHERE state IN ('queued', 'held');

-- Warnings that a person accepted for a service of an account.
CREATE TABLE accepted (
    account INTEGER NOT NULL,
    warning TEXT NOT NULL,
    service TEXT NOT NULL,
    at      INTEGER NOT NULL,
    by      TEXT NOT NULL,
    PRIMARY KEY (account, warning, service)
) WITHOUT ROWID;

-- The columns of a sheet that were named for it, JSON: the person's header to the field.
ALTER TABLE batches ADD COLUMN mapped TEXT NOT NULL DEFAULT '{}';

-- +goose StatementBegin
CREATE TRIGGER rows_asked BEFORE UPDATE OF state ON rows WHEN NEW.state = 'sending' AND NEW.asks <> ''
BEGIN SELECT RAISE(ABORT, 'a person has not decided about the row'); END;
-- +goose StatementEnd
