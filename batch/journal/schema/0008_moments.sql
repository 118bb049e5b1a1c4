-- +goose Up

-- What the panel said of an account's balance at a moment when no order of ours was under way, beside what our own
-- orders were charged by then. Two of them tell what left the balance in between and no order of ours explains.
CREATE TABLE moments (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,  -- when the balance was asked
    at       INTEGER NOT NULL,  -- when it was answered
    balance  TEXT NOT NULL,
    charged  TEXT NOT NULL,     -- of all our orders sent before; the estimate of those whose charge isn't told
    unasked  INTEGER NOT NULL   -- orders that may still change and weren't asked about for this moment
);
CREATE INDEX moments_account ON moments (account, at);

-- When an order was asked about before it was found changed: the change lies in between.
ALTER TABLE statuses ADD COLUMN before_at INTEGER NOT NULL DEFAULT 0;

-- Orders of a link that may still be under way.
CREATE INDEX rows_open ON rows (account, target) WHERE state = 'placed' AND due_at IS NOT NULL;
