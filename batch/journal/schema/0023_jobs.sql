-- +goose Up

-- What is to be sent in the background, by whichever worker comes first.
CREATE TABLE jobs (
    batch    INTEGER PRIMARY KEY,
    due_at   INTEGER NOT NULL,         -- not before
    state    TEXT NOT NULL,            -- waiting; paused: by a person; stopped: it needs a person
    asked_by TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    sending  TEXT NOT NULL,            -- JSON: how the rows are to be sent, as who asked said it
    tries    INTEGER NOT NULL,         -- one after another that ended early
    words    TEXT NOT NULL             -- how the last one ended
);
