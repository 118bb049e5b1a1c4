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
