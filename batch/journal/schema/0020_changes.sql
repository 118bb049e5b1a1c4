-- +goose Up

-- How what the rows of a batch add up to has changed since it was written into sums: a line for each transaction.
CREATE TABLE sums_since (
    batch   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    changes TEXT NOT NULL,  -- as totals in sums: texts, each behind its length
    PRIMARY KEY (batch, n)
) WITHOUT ROWID;

-- They are added up anew: their form is another one now.
DELETE FROM sums;
