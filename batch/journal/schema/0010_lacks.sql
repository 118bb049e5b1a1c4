-- +goose Up

-- What the panel of an account was seen not to take, such as many orders in one call about their statuses.
ALTER TABLE accounts ADD COLUMN lacks TEXT NOT NULL DEFAULT ''; -- forms of calls, with line breaks between them
