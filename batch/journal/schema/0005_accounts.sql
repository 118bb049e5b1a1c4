-- +goose Up

-- What these books are: their own name, the salt of fingerprints, and how many commits they have seen.
CREATE TABLE book (
    id       TEXT NOT NULL,
    salt     TEXT NOT NULL,
    revision INTEGER NOT NULL
);
INSERT INTO book VALUES (lower(hex(randomblob(8))), lower(hex(randomblob(32))), 1);

-- An account is where money lives: an address and the keys that it accepted, whatever the panel is called.
-- Accounts of one kin may be one account: repeats count over all of them.
CREATE TABLE accounts (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    address  TEXT NOT NULL,  -- normalised
    name     TEXT NOT NULL,  -- as it was called last
    kin      INTEGER NOT NULL,
    same_as  INTEGER NOT NULL DEFAULT 0,  -- the account that this one was shown to be; 0: none
    apart    INTEGER NOT NULL DEFAULT 0,  -- 1: a person said that it is an account of its own
    next_at  REAL NOT NULL DEFAULT 0,     -- seconds since 1970: the first free moment of its rate
    paused   REAL NOT NULL DEFAULT 0,     -- nothing is sent before
    learned  REAL NOT NULL DEFAULT 0      -- calls a second that its answers taught; 0: nothing
);
CREATE INDEX accounts_address ON accounts (address);

CREATE TABLE account_keys (
    address     TEXT NOT NULL,
    fingerprint TEXT NOT NULL,  -- keyed hash of a key; never the key
    account     INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    PRIMARY KEY (address, fingerprint)
);

-- A batch is one sheet, checked. id is null while nothing was approved: such a draft is never sent. A number
-- is never used again, so whoever still has a draft's number at hand can't mean another batch by it.
CREATE TABLE numbered (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT UNIQUE,
    draft       TEXT UNIQUE,    -- name of a draft that is kept for later
    sheet       TEXT NOT NULL,  -- the file as the person named it
    worksheet   TEXT NOT NULL,
    fingerprint TEXT NOT NULL,  -- of the sheet's content
    columns     TEXT NOT NULL,  -- JSON list: the person's headers
    notes       TEXT NOT NULL,  -- JSON list: what reading the sheet noticed
    created_at  INTEGER NOT NULL,  -- milliseconds since 1970, as all times but those of rates; 0: never
    created_by  TEXT NOT NULL,
    started_at  INTEGER NOT NULL DEFAULT 0,
    ended_at    INTEGER NOT NULL DEFAULT 0,
    max_spend   TEXT,
    workbook    TEXT NOT NULL DEFAULT '',
    revision    INTEGER NOT NULL DEFAULT 1,
    written     INTEGER NOT NULL DEFAULT 0
);
INSERT INTO numbered (n, id, sheet, worksheet, fingerprint, columns, notes, created_at, created_by, started_at, ended_at,
        max_spend, workbook, revision, written)
    SELECT n, id, sheet, worksheet, fingerprint, columns, notes, created_at, created_by, started_at, ended_at,
        max_spend, workbook, revision, written FROM batches;

-- The panels of a batch's rows, its own one first.
CREATE TABLE parts (
    batch          INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    panel          TEXT NOT NULL,
    account        INTEGER NOT NULL DEFAULT 0,
    url            TEXT NOT NULL,
    currency       TEXT NOT NULL DEFAULT '',
    balance_before TEXT,
    balance_after  TEXT,
    PRIMARY KEY (batch, panel)
);
INSERT INTO parts (batch, position, panel, url, currency, balance_before, balance_after)
    SELECT n, 0, panel, url, currency, balance_before, balance_after FROM batches;
INSERT INTO parts (batch, position, panel, url, currency, balance_before, balance_after)
    SELECT batch, row_number() OVER (PARTITION BY batch ORDER BY panel), panel, url, currency, balance_before, balance_after
    FROM panels WHERE true ON CONFLICT DO NOTHING;
DROP TABLE panels;
DROP TABLE batches;
ALTER TABLE parts RENAME TO panels;
ALTER TABLE numbered RENAME TO batches;

ALTER TABLE rows ADD COLUMN account INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rows ADD COLUMN ref TEXT NOT NULL DEFAULT '';       -- the person's name of the order, folded
ALTER TABLE rows ADD COLUMN content TEXT NOT NULL DEFAULT '';   -- hash of service, target and fields
ALTER TABLE rows ADD COLUMN alias TEXT NOT NULL DEFAULT '';     -- the same where the target is an @name of a platform
ALTER TABLE rows ADD COLUMN nth INTEGER NOT NULL DEFAULT 1;     -- among equal rows of the sheet
ALTER TABLE rows ADD COLUMN word TEXT NOT NULL DEFAULT '';      -- orders elsewhere that a person's word covers: |BATCH:SEQ|
ALTER TABLE rows ADD COLUMN owner TEXT NOT NULL DEFAULT '';     -- the process that sent it last
ALTER TABLE rows ADD COLUMN request TEXT NOT NULL DEFAULT '';   -- random: tells the request to a panel that asks for that
ALTER TABLE rows ADD COLUMN twin INTEGER NOT NULL DEFAULT 0;    -- counts rows of older books that have one order
-- The order's id, numbers compared as numbers.
ALTER TABLE rows ADD COLUMN order_key TEXT GENERATED ALWAYS AS (
    CASE WHEN order_id GLOB '*[^0-9]*' OR ltrim(order_id, '0') = '' THEN order_id ELSE ltrim(order_id, '0') END) VIRTUAL;
DROP INDEX rows_order;
CREATE INDEX rows_content ON rows (content, batch);
CREATE INDEX rows_alias ON rows (alias, batch) WHERE alias <> '';
CREATE INDEX rows_ref ON rows (ref, batch) WHERE ref <> '';
