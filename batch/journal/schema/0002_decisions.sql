-- +goose Up

-- What was decided about rows in doubt: by proof or by a person, never overwritten.
CREATE TABLE decisions (
    batch    INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    n        INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    by       TEXT NOT NULL,
    how      TEXT NOT NULL,  -- inferred, set, request_id: proof; forced: a person's word
    state    TEXT NOT NULL,  -- what the row became
    order_id TEXT NOT NULL,
    reason   TEXT NOT NULL,  -- a person's words
    evidence TEXT NOT NULL,  -- what was seen
    PRIMARY KEY (batch, seq, n)
);
