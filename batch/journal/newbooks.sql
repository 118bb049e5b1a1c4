-- All steps up to 33.
-- Written by a test; see there.

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
    checked_at  INTEGER NOT NULL DEFAULT 0, due_at INTEGER DEFAULT 0, changed_at INTEGER NOT NULL DEFAULT 0, silence TEXT NOT NULL DEFAULT '', account INTEGER NOT NULL DEFAULT 0, ref TEXT NOT NULL DEFAULT '', content TEXT NOT NULL DEFAULT '', alias TEXT NOT NULL DEFAULT '', nth INTEGER NOT NULL DEFAULT 1, word TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '', request TEXT NOT NULL DEFAULT '', twin INTEGER NOT NULL DEFAULT 0, order_key TEXT GENERATED ALWAYS AS (
    CASE WHEN order_id GLOB '*[^0-9]*' OR ltrim(order_id, '0') = '' THEN order_id ELSE ltrim(order_id, '0') END) VIRTUAL, one_of TEXT NOT NULL DEFAULT '', finding TEXT NOT NULL DEFAULT '', asks TEXT NOT NULL DEFAULT '', tab TEXT NOT NULL DEFAULT '', for_batch INTEGER NOT NULL DEFAULT 0, for_seq INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch, seq)
);

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
    evidence TEXT NOT NULL, one_of TEXT NOT NULL DEFAULT '', although TEXT NOT NULL DEFAULT '',  -- what was seen
    PRIMARY KEY (batch, seq, n)
);

CREATE TABLE statuses (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    status      TEXT NOT NULL,
    charge      TEXT,
    currency    TEXT NOT NULL,
    start_count TEXT NOT NULL,
    remains     TEXT NOT NULL, before_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;

CREATE TABLE requests (
    batch      INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    action     TEXT NOT NULL,              -- refill, cancel
    asked_at   INTEGER NOT NULL,
    asked_by   TEXT NOT NULL,
    state      TEXT NOT NULL,              -- sending, taken, refused, unsent, in_doubt
    answer_at  INTEGER NOT NULL DEFAULT 0,
    ref        TEXT NOT NULL DEFAULT '',   -- the panel's id of it
    words      TEXT NOT NULL DEFAULT '',
    status     TEXT NOT NULL DEFAULT '',   -- of a refill, as the panel says it
    checked_at INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER,                    -- when a refill's status is asked next; null: never
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;

CREATE TABLE "services" (
    batch    INTEGER NOT NULL,
    panel    TEXT NOT NULL,
    id       TEXT NOT NULL,
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    category TEXT NOT NULL,
    rate     TEXT NOT NULL,
    min      INTEGER NOT NULL,
    max      INTEGER NOT NULL,
    refill   INTEGER NOT NULL,
    cancel   INTEGER NOT NULL,
    PRIMARY KEY (batch, panel, id)
);

CREATE TABLE book (
    id       TEXT NOT NULL,
    salt     TEXT NOT NULL,
    revision INTEGER NOT NULL
, halted TEXT NOT NULL DEFAULT '');

CREATE TABLE accounts (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    address  TEXT NOT NULL,  -- normalised
    name     TEXT NOT NULL,  -- as it was called last
    kin      INTEGER NOT NULL,
    same_as  INTEGER NOT NULL DEFAULT 0,  -- the account that this one was shown to be; 0: none
    apart    INTEGER NOT NULL DEFAULT 0,  -- 1: a person said that it is an account of its own
    lacks TEXT NOT NULL DEFAULT '', paused_at INTEGER NOT NULL DEFAULT 0, paused_by TEXT NOT NULL DEFAULT '');

CREATE TABLE account_keys (
    address     TEXT NOT NULL,
    fingerprint TEXT NOT NULL,  -- keyed hash of a key; never the key
    account     INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    PRIMARY KEY (address, fingerprint)
);

CREATE TABLE "batches" (
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
, mapped TEXT NOT NULL DEFAULT '{}', drafted TEXT NOT NULL DEFAULT '', shown TEXT NOT NULL DEFAULT '', workbook_on TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '', pilot INTEGER NOT NULL DEFAULT 0, pilot_after INTEGER NOT NULL DEFAULT 0, pilot_over INTEGER NOT NULL DEFAULT 0);

CREATE TABLE "panels" (
    batch          INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    panel          TEXT NOT NULL,
    account        INTEGER NOT NULL DEFAULT 0,
    url            TEXT NOT NULL,
    currency       TEXT NOT NULL DEFAULT '',
    balance_before TEXT,
    balance_after  TEXT, sent_on INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch, panel)
);

CREATE TABLE moments (
    n        INTEGER PRIMARY KEY AUTOINCREMENT,
    account  INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,  -- when the balance was asked
    at       INTEGER NOT NULL,  -- when it was answered
    balance  TEXT NOT NULL,
    charged  TEXT NOT NULL,     -- of all our orders sent before; the estimate of those whose charge isn't told
    unasked  INTEGER NOT NULL   -- orders that may still change and weren't asked about for this moment
);

CREATE TABLE alarms (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    order_id    TEXT NOT NULL,
    words       TEXT NOT NULL,
    answered_at INTEGER NOT NULL DEFAULT 0,
    answered_by TEXT NOT NULL DEFAULT '',
    answer      TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;

CREATE TABLE sightings (
    account  INTEGER NOT NULL,
    order_id INTEGER NOT NULL, -- ids that are no numbers can't be looked for
    at       INTEGER NOT NULL, -- when it was seen first
    charge   TEXT,             -- the whole of it
    remains  TEXT NOT NULL,    -- of when it was Pending; empty: it wasn't seen so
    PRIMARY KEY (account, order_id)
) WITHOUT ROWID;

CREATE TABLE sums (
    batch  INTEGER PRIMARY KEY,
    totals TEXT NOT NULL  -- JSON
);

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

CREATE TABLE accepted (
    account INTEGER NOT NULL,
    warning TEXT NOT NULL,
    service TEXT NOT NULL,
    at      INTEGER NOT NULL,
    by      TEXT NOT NULL,
    PRIMARY KEY (account, warning, service)
) WITHOUT ROWID;

CREATE TABLE "attempts" (
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
) WITHOUT ROWID;

CREATE TABLE sums_since (
    batch   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    changes TEXT NOT NULL,  -- as totals in sums: texts, each behind its length
    PRIMARY KEY (batch, n)
) WITHOUT ROWID;

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

CREATE TABLE uploads (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,     -- of the file, as the person calls it
    file    TEXT NOT NULL,     -- its name in the folder of uploads
    by      TEXT NOT NULL,
    at      INTEGER NOT NULL,
    choices TEXT NOT NULL,     -- JSON
    batch   TEXT NOT NULL      -- the id of what became of it; empty: it isn't placed
);

CREATE TABLE schedules (
    n        INTEGER PRIMARY KEY,
    every    INTEGER NOT NULL,  -- in ms; 0: never
    until_at INTEGER NOT NULL,  -- 0: without end
    by       TEXT NOT NULL,
    at       INTEGER NOT NULL
);

CREATE VIEW likened AS SELECT batch, seq, account, ref, content, alias, nth, word, sent_at FROM rows;

CREATE INDEX rows_key ON rows (key, batch);

CREATE INDEX rows_line ON rows (batch, line);

CREATE INDEX rows_queued ON rows (batch, seq) WHERE state = 'queued';

CREATE INDEX rows_due ON rows (batch, due_at) WHERE state = 'placed' AND due_at IS NOT NULL;

CREATE INDEX requests_open ON requests (batch, state) WHERE state = 'sending' OR due_at IS NOT NULL;

CREATE INDEX accounts_address ON accounts (address);

CREATE INDEX rows_ref ON rows (ref, batch) WHERE ref <> '';

CREATE UNIQUE INDEX rows_order ON rows (account, order_key, twin) WHERE order_id IS NOT NULL;

CREATE INDEX rows_unsettled ON rows (account, state) WHERE state IN ('sending', 'in_doubt');

CREATE INDEX moments_account ON moments (account, at);

CREATE INDEX rows_set ON rows (account, one_of) WHERE one_of <> '';

CREATE INDEX rows_content ON rows (content, batch, nth);

CREATE INDEX rows_alias ON rows (alias, batch, nth) WHERE alias <> '';

CREATE INDEX rows_held ON rows (batch, reason) WHERE state = 'held';

CREATE INDEX rows_unsure ON rows (batch, seq) WHERE attempts > 0 AND (attempts > 1 OR state NOT IN ('sending', 'placed'));

CREATE INDEX rows_sent ON rows (account, sent_at) WHERE sent_at > 0;

CREATE INDEX rows_asks ON rows (batch, seq) WHERE asks <> '';

CREATE INDEX rows_waiting ON rows (batch, panel, service, state, reason, rate, units_low, units_high, asks)
    WHERE state IN ('queued', 'held');

CREATE INDEX rows_tab ON rows (batch, tab, line) WHERE tab <> '';

CREATE INDEX uploads_at ON uploads (at);

CREATE INDEX batches_digest ON batches (digest) WHERE digest <> '';

CREATE INDEX rows_for ON rows (batch, seq) WHERE for_batch <> 0;

CREATE TRIGGER rows_somewhere BEFORE UPDATE OF state ON rows
WHEN NEW.state = 'sending' AND NEW.account <> 0 AND NOT EXISTS (SELECT 1 FROM accounts WHERE n = NEW.account)
BEGIN SELECT RAISE(ABORT, 'the account is not in the books'); END;

CREATE TRIGGER rows_kept BEFORE DELETE ON rows WHEN OLD.state IN ('sending', 'placed', 'in_doubt') OR OLD.order_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a row that may have been ordered is never deleted'); END;

CREATE TRIGGER batches_kept BEFORE DELETE ON batches WHEN OLD.id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch that was admitted is never deleted'); END;

CREATE TRIGGER rows_asked BEFORE UPDATE OF state ON rows WHEN NEW.state = 'sending' AND NEW.asks <> ''
BEGIN SELECT RAISE(ABORT, 'a person has not decided about the row'); END;

CREATE TRIGGER rows_judged INSTEAD OF INSERT ON likened WHEN (
    (SELECT count(*) FROM (
            SELECT batch, seq FROM rows INDEXED BY rows_content WHERE content = NEW.content AND batch < NEW.batch
            UNION SELECT batch, seq FROM rows INDEXED BY rows_content WHERE content = NEW.content AND batch > NEW.batch
            UNION SELECT batch, seq FROM rows INDEXED BY rows_content WHERE content = nullif(NEW.alias, '') AND batch < NEW.batch
            UNION SELECT batch, seq FROM rows INDEXED BY rows_content WHERE content = nullif(NEW.alias, '') AND batch > NEW.batch
            UNION SELECT batch, seq FROM rows INDEXED BY rows_alias WHERE alias = NEW.content AND alias <> '' AND batch < NEW.batch
            UNION SELECT batch, seq FROM rows INDEXED BY rows_alias WHERE alias = NEW.content AND alias <> '' AND batch > NEW.batch
        ) same
        CROSS JOIN rows o ON o.batch = same.batch AND o.seq = same.seq
        JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = NEW.account
        WHERE NEW.content <> '' AND o.content <> '' AND theirs.kin = ours.kin
        AND o.state IN ('sending', 'placed', 'in_doubt') AND (NEW.ref = '' OR o.ref = '')
        AND (o.state <> 'placed' OR o.sent_at > NEW.sent_at - 2592000000)
        AND instr(NEW.word, '|' || o.batch || ':' || o.seq || '|') = 0) >= NEW.nth
    OR EXISTS (
        SELECT 1 FROM (
            SELECT batch, seq FROM rows INDEXED BY rows_content
                WHERE content = NEW.content AND batch = NEW.batch AND nth = NEW.nth
            UNION ALL SELECT batch, seq FROM rows INDEXED BY rows_content
                WHERE content = nullif(NEW.alias, '') AND batch = NEW.batch AND nth = NEW.nth
            UNION ALL SELECT batch, seq FROM rows INDEXED BY rows_alias
                WHERE alias = NEW.content AND alias <> '' AND batch = NEW.batch AND nth = NEW.nth
        ) same
        CROSS JOIN rows o ON o.batch = same.batch AND o.seq = same.seq
        JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = NEW.account
        WHERE NEW.content <> '' AND o.content <> '' AND o.seq <> NEW.seq AND theirs.kin = ours.kin
        AND o.state IN ('sending', 'placed', 'in_doubt') AND (NEW.ref = '' OR o.ref = '')
        AND (o.state <> 'placed' OR o.sent_at > NEW.sent_at - 2592000000)
        AND instr(NEW.word, '|' || o.batch || ':' || o.seq || '|') = 0)
    OR NEW.ref <> '' AND EXISTS (
        SELECT 1 FROM rows o JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = NEW.account
        WHERE o.ref = NEW.ref AND o.ref <> '' AND (o.batch <> NEW.batch OR o.seq <> NEW.seq)
        AND o.state IN ('sending', 'placed', 'in_doubt')
        AND (theirs.kin = ours.kin OR instr(NEW.word, '|' || o.batch || ':' || o.seq || '|') = 0))
) BEGIN SELECT RAISE(ABORT, 'ordered already'); END;

CREATE TRIGGER rows_once BEFORE UPDATE OF state ON rows WHEN NEW.state = 'sending' AND (
    NEW.content <> '' AND (
        EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = NEW.content AND rowid <> OLD.rowid)
        OR NEW.alias <> '' AND EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = NEW.alias)
        OR EXISTS (SELECT 1 FROM rows INDEXED BY rows_alias WHERE alias = NEW.content AND alias <> ''))
    OR NEW.ref <> '' AND EXISTS (SELECT 1 FROM rows INDEXED BY rows_ref WHERE ref = NEW.ref AND ref <> ''
        AND rowid <> OLD.rowid)
) BEGIN
    INSERT INTO likened (batch, seq, account, ref, content, alias, nth, word, sent_at)
    VALUES (NEW.batch, NEW.seq, NEW.account, NEW.ref, NEW.content, NEW.alias, NEW.nth, NEW.word, NEW.sent_at);
END;

CREATE TRIGGER sets_kept BEFORE UPDATE OF one_of ON rows WHEN OLD.state = 'placed' AND OLD.one_of <> '' AND NEW.one_of <> OLD.one_of
BEGIN SELECT RAISE(ABORT, 'a set never changes'); END;

CREATE TRIGGER orders_kept BEFORE UPDATE OF state, order_id ON rows
WHEN OLD.state = 'placed' AND (NEW.state <> 'placed' OR NEW.order_id IS NOT OLD.order_id)
AND NOT (NEW.state = 'in_doubt' AND NEW.order_id IS NULL AND NEW.candidate = OLD.order_id AND OLD.one_of = ''
    AND OLD.status = '' AND OLD.silence <> '')
BEGIN SELECT RAISE(ABORT, 'an order never changes'); END;

INSERT INTO book (id, salt, revision) VALUES (lower(hex(randomblob(8))), lower(hex(randomblob(32))), 1);
