-- +goose Up

-- A batch is one sheet sent to one panel. id is null while the sheet is being read and nothing was
-- approved: such a draft is never sent.
CREATE TABLE batches (
    n              INTEGER PRIMARY KEY,
    id             TEXT UNIQUE,
    panel          TEXT NOT NULL,
    url            TEXT NOT NULL,
    sheet          TEXT NOT NULL,  -- the file as the person named it
    worksheet      TEXT NOT NULL,
    fingerprint    TEXT NOT NULL,  -- of the sheet's content
    columns        TEXT NOT NULL,  -- JSON list: the person's headers
    notes          TEXT NOT NULL,  -- JSON list: what reading the sheet noticed
    created_at     INTEGER NOT NULL,  -- milliseconds since 1970, as all times; 0: never
    created_by     TEXT NOT NULL,
    started_at     INTEGER NOT NULL DEFAULT 0,
    ended_at       INTEGER NOT NULL DEFAULT 0,
    currency       TEXT NOT NULL DEFAULT '',
    balance_before TEXT,           -- money is decimal text, null: not known
    balance_after  TEXT,
    max_spend      TEXT,
    workbook       TEXT NOT NULL DEFAULT ''
);

CREATE TABLE rows (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    line        INTEGER NOT NULL,  -- the row's number in the spreadsheet
    cells       TEXT NOT NULL,     -- JSON list: the person's own text
    panel       TEXT NOT NULL,
    key         TEXT NOT NULL,     -- what makes the row the same row in another sheet
    service     TEXT NOT NULL,
    target      TEXT NOT NULL,     -- service and link: one order at a time
    params      TEXT NOT NULL,     -- JSON list of name and value: what is sent, without action and key
    rate        TEXT NOT NULL,     -- the price that was approved
    units_low   TEXT,              -- rate times units is the estimated charge; null: not known
    units_high  TEXT,
    problems    TEXT NOT NULL,     -- JSON list
    state       TEXT NOT NULL,
    reason      TEXT NOT NULL DEFAULT '',  -- why a row is held
    note        TEXT NOT NULL DEFAULT '',  -- words about the state, for a person
    attempts    INTEGER NOT NULL DEFAULT 0,
    order_id    TEXT,
    candidate   TEXT NOT NULL DEFAULT '',
    charge      TEXT,
    currency    TEXT NOT NULL DEFAULT '',
    status      TEXT NOT NULL DEFAULT '',
    start_count TEXT NOT NULL DEFAULT '',
    remains     TEXT NOT NULL DEFAULT '',
    refill      TEXT NOT NULL DEFAULT '',
    sent_at     INTEGER NOT NULL DEFAULT 0,
    checked_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch, seq)
);
CREATE INDEX rows_key ON rows (key, batch); -- with batch: an edition is matched key by key, not row by row
CREATE INDEX rows_line ON rows (batch, line);
CREATE UNIQUE INDEX rows_order ON rows (panel, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX rows_queued ON rows (batch, seq) WHERE state = 'queued';
CREATE INDEX rows_sending ON rows (batch, seq) WHERE state = 'sending';

-- One line for each request that may have left, written with its outcome. An intent whose outcome
-- never came is closed when the batch is opened again.
CREATE TABLE attempts (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    verdict     TEXT NOT NULL,
    class       TEXT NOT NULL,
    words       TEXT NOT NULL,
    http_status INTEGER NOT NULL,
    order_id    TEXT NOT NULL,
    candidate   TEXT NOT NULL,
    answer      TEXT NOT NULL,
    PRIMARY KEY (batch, seq, n)
);

-- The services that a batch uses, as they stood when its prices were approved.
CREATE TABLE services (
    batch    INTEGER NOT NULL,
    id       TEXT NOT NULL,
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    category TEXT NOT NULL,
    rate     TEXT NOT NULL,
    min      INTEGER NOT NULL,
    max      INTEGER NOT NULL,
    refill   INTEGER NOT NULL,
    cancel   INTEGER NOT NULL,
    PRIMARY KEY (batch, id)
);
