-- +goose Up

-- A person's word that nothing is ordered on an account until another word lets it go; 0: there is none.
ALTER TABLE accounts ADD COLUMN paused_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN paused_by TEXT NOT NULL DEFAULT '';
