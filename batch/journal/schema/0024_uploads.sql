-- +goose Up

-- Sheets that came by the page, and what their person chose for them. The file lies beside the journal.
CREATE TABLE uploads (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,     -- of the file, as the person calls it
    file    TEXT NOT NULL,     -- its name in the folder of uploads
    by      TEXT NOT NULL,
    at      INTEGER NOT NULL,
    choices TEXT NOT NULL,     -- JSON
    batch   TEXT NOT NULL      -- the id of what became of it; empty: it isn't placed
);
CREATE INDEX uploads_at ON uploads (at);
