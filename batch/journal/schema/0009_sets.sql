-- +goose Up

-- A row that is certainly one of a set of orders, of which nobody knows whose each is. Its order_id is then an order of
-- the set that stands for it, so that each is followed once and no other row is given it; it is not the row's own, and
-- nobody is shown it.
ALTER TABLE rows ADD COLUMN one_of TEXT NOT NULL DEFAULT '';        -- JSON list of the set's ids, the same text in all its rows
ALTER TABLE rows ADD COLUMN finding TEXT NOT NULL DEFAULT '';       -- JSON: what was found out last about a row in doubt
ALTER TABLE decisions ADD COLUMN one_of TEXT NOT NULL DEFAULT '';   -- JSON list
ALTER TABLE decisions ADD COLUMN although TEXT NOT NULL DEFAULT ''; -- JSON list: orders that a person said are none of the row's
CREATE INDEX rows_set ON rows (account, one_of) WHERE one_of <> '';

-- +goose StatementBegin
CREATE TRIGGER sets_kept BEFORE UPDATE OF one_of ON rows WHEN OLD.state = 'placed' AND NEW.one_of <> OLD.one_of
BEGIN SELECT RAISE(ABORT, 'a set never changes'); END;
-- +goose StatementEnd

-- What was found later against a decision about a row. It is told until a person answers it.
CREATE TABLE alarms (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    order_id    TEXT NOT NULL,
    words       TEXT NOT NULL,
    answered_at INTEGER NOT NULL DEFAULT 0,
    answered_by TEXT NOT NULL DEFAULT '',
    answer      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;
