-- +goose Up

-- What people said about how often orders are asked about. The last one counts; none: as each process was started.
CREATE TABLE schedules (
    n        INTEGER PRIMARY KEY,
    every    INTEGER NOT NULL,  -- in ms; 0: never
    until_at INTEGER NOT NULL,  -- 0: without end
    by       TEXT NOT NULL,
    at       INTEGER NOT NULL
);
