-- +goose Up

-- The rate of an account, which all processes that send on it share, and what its answers taught of its panel's limit.
-- Moments are seconds since 1970.
CREATE TABLE limits (
    account    INTEGER PRIMARY KEY,
    next_at    REAL NOT NULL,     -- the first free moment of its rate
    free_at    REAL NOT NULL,     -- no moment before is given any more
    paused     REAL NOT NULL,     -- nothing is sent before
    slowed_at  REAL NOT NULL,     -- when the rate was lowered last
    rate       REAL NOT NULL,     -- requests a second that are kept to; 0: as many as each process is permitted
    growth     REAL NOT NULL,     -- of the rate, a second
    hold       REAL NOT NULL,     -- requests until it grows
    tight      REAL NOT NULL,     -- what of the limit that was found is kept to; 0: all
    given      INTEGER NOT NULL,  -- moments that were given
    per_second REAL NOT NULL,     -- the limit that was found; 0: none
    most       INTEGER NOT NULL,  -- requests in each window of it; 0: they are not counted in windows
    window     REAL NOT NULL,     -- its length in seconds
    learned_at REAL NOT NULL      -- when the panel's answers last spoke for the limit
);
ALTER TABLE accounts DROP COLUMN next_at;
ALTER TABLE accounts DROP COLUMN paused;
ALTER TABLE accounts DROP COLUMN learned;
