-- +goose Up

ALTER TABLE rows ADD COLUMN due_at INTEGER DEFAULT 0;              -- when the order's status is asked next; null: never, it is final
ALTER TABLE rows ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0; -- when something about the row became known that its results show
ALTER TABLE rows ADD COLUMN silence TEXT NOT NULL DEFAULT '';      -- what the panel said instead of a status when it was last asked
CREATE INDEX rows_due ON rows (batch, due_at) WHERE state = 'placed' AND due_at IS NOT NULL;

-- How an order stood, a line for each change.
CREATE TABLE statuses (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    status      TEXT NOT NULL,
    charge      TEXT,
    currency    TEXT NOT NULL,
    start_count TEXT NOT NULL,
    remains     TEXT NOT NULL,
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;

-- What was asked about a placed order beyond its status: a refill, or to cancel it. The line is there before
-- the request leaves; found "sending" later, nobody knows whether it was taken.
CREATE TABLE requests (
    batch      INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    action     TEXT NOT NULL,              -- refill, cancel
    asked_at   INTEGER NOT NULL,
    asked_by   TEXT NOT NULL,
    state      TEXT NOT NULL,              -- sending, taken, refused, unsent, in_doubt
    answer_at  INTEGER NOT NULL DEFAULT 0,
    ref        TEXT NOT NULL DEFAULT '',   -- the panel's id of it
    words      TEXT NOT NULL DEFAULT '',
    status     TEXT NOT NULL DEFAULT '',   -- of a refill, as the panel says it
    checked_at INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER,                    -- when a refill's status is asked next; null: never
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;
CREATE INDEX requests_open ON requests (batch, state) WHERE state = 'sending' OR due_at IS NOT NULL;

-- revision counts the changes that the results show; written is the one that the results were last written at.
ALTER TABLE batches ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
ALTER TABLE batches ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
UPDATE batches SET written = 1 WHERE workbook <> '';

INSERT INTO statuses SELECT batch, seq, 1, checked_at, status, charge, currency, start_count, remains FROM rows WHERE state = 'placed' AND status <> '';

-- Orders whose status is final already aren't asked about again.
UPDATE rows SET due_at = NULL WHERE lower(status) IN ('completed', 'partial', 'canceled', 'cancelled', 'refunded', 'fail', 'failed', 'error', 'expired');
