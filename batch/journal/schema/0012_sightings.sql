-- +goose Up

-- What the panel told of orders that no row claimed, when they were first seen where rows in doubt may have theirs:
-- later they may have given money back, and what remained of them is gone.
CREATE TABLE sightings (
    account  INTEGER NOT NULL,
    order_id INTEGER NOT NULL, -- ids that are no numbers can't be looked for
    at       INTEGER NOT NULL, -- when it was seen first
    charge   TEXT,             -- the whole of it
    remains  TEXT NOT NULL,    -- of when it was Pending; empty: it wasn't seen so
    PRIMARY KEY (account, order_id)
) WITHOUT ROWID;
