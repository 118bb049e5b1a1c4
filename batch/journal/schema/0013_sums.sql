-- +goose Up

-- What the rows of a batch add up to, as long as none of them changes: who only looks need not read them all.
CREATE TABLE sums (
    batch  INTEGER PRIMARY KEY,
    totals TEXT NOT NULL  -- JSON
);
-- +goose StatementBegin
CREATE TRIGGER sums_after_update AFTER UPDATE OF batch, panel, service, state, status, rate, units_low, units_high, charge
ON rows WHEN (NEW.state <> OLD.state OR NEW.status <> OLD.status OR NEW.charge IS NOT OLD.charge OR NEW.rate <> OLD.rate
    OR NEW.units_low IS NOT OLD.units_low OR NEW.units_high IS NOT OLD.units_high OR NEW.batch <> OLD.batch
    OR NEW.panel <> OLD.panel OR NEW.service <> OLD.service)
    AND EXISTS (SELECT 1 FROM sums WHERE batch IN (OLD.batch, NEW.batch))
BEGIN DELETE FROM sums WHERE batch IN (OLD.batch, NEW.batch); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sums_after_insert AFTER INSERT ON rows WHEN EXISTS (SELECT 1 FROM sums WHERE batch = NEW.batch)
BEGIN DELETE FROM sums WHERE batch = NEW.batch; END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sums_after_delete AFTER DELETE ON rows WHEN EXISTS (SELECT 1 FROM sums WHERE batch = OLD.batch)
BEGIN DELETE FROM sums WHERE batch = OLD.batch; END;
-- +goose StatementEnd

-- What rows that wait would cost is added up from the index alone.
DROP INDEX rows_waiting;
CREATE INDEX rows_waiting ON rows (batch, panel, service, state, reason, rate, units_low, units_high)
    WHERE state IN ('queued', 'held');

-- Few rows are held, and of few may a request have been taken though the books don't say so: they are found among all
-- others by these.
CREATE INDEX rows_held ON rows (batch, reason) WHERE state = 'held';
CREATE INDEX rows_unsure ON rows (batch, seq) WHERE attempts > 0 AND (attempts > 1 OR state NOT IN ('sending', 'placed'));
CREATE INDEX rows_sent ON rows (account, sent_at) WHERE sent_at > 0;
DROP INDEX rows_sending; -- rows_unsettled holds them too

-- The account that all unsent rows of the panel are known to be on; 0: they must be looked through.
ALTER TABLE panels ADD COLUMN sent_on INTEGER NOT NULL DEFAULT 0;
