BEGIN TRANSACTION;
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
INSERT INTO "attempts" VALUES(1,1,1,1795277859588,1795277859593,'placed','','order 23501',200,'23501','','{"order":23501}');
INSERT INTO "attempts" VALUES(1,2,1,1795277859600,1795277859603,'placed','','order 23502',200,'23502','','{"order":23502}');
INSERT INTO "attempts" VALUES(2,1,1,1795277859913,1795277859916,'placed','','order 23503',200,'23503','','{"order":23503}');
INSERT INTO "attempts" VALUES(2,2,1,1795277859916,1795277859918,'placed','','order 023502',200,'023502','','{"order":"023502"}');
INSERT INTO "attempts" VALUES(3,1,1,1795277860068,1795277860073,'placed','','order 23505',200,'23505','','{"order":23505}');
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
, revision INTEGER NOT NULL DEFAULT 1, written INTEGER NOT NULL DEFAULT 0);
INSERT INTO "batches" VALUES(1,'7f9dde95e1','mine','PANEL','a.csv','a.csv','638ba543e436dac5a50acd477cfd8efd','["Ref","service","link","quantity"]','null',1795277859574,'root',1795277859584,1795277859605,'USD','10000','9999.82',NULL,'a.results.xlsx',3,3);
INSERT INTO "batches" VALUES(2,'0cd5442e6d','also','PANEL/','b.csv','b.csv','293c905b29ba4cafcae2112e41b3d7ae','["Ref","service","link","quantity"]','null',1795277859891,'root',1795277859907,1795277859918,'USD','9999.82','9999.64',NULL,'b.results.xlsx',3,3);
INSERT INTO "batches" VALUES(3,'31843973c9','also','PANEL/','c.csv','c.csv','03f7576619c9d3a4277976187f5f3411','["service","link","quantity"]','null',1795277860047,'root',1795277860065,1795277860074,'USD','9999.64','9999.55',NULL,'c.results.xlsx',3,3);
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
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO "goose_db_version" VALUES(1,0,1,'2026-11-21 16:17:39');
INSERT INTO "goose_db_version" VALUES(2,1,1,'2026-11-21 16:17:39');
INSERT INTO "goose_db_version" VALUES(3,2,1,'2026-11-21 16:17:39');
INSERT INTO "goose_db_version" VALUES(4,3,1,'2026-11-21 16:17:39');
INSERT INTO "goose_db_version" VALUES(5,4,1,'2026-11-21 16:17:39');
CREATE TABLE panels (
    batch          INTEGER NOT NULL,
    panel          TEXT NOT NULL,
    url            TEXT NOT NULL,
    currency       TEXT NOT NULL DEFAULT '',
    balance_before TEXT,
    balance_after  TEXT,
    PRIMARY KEY (batch, panel)
);
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
    checked_at  INTEGER NOT NULL DEFAULT 0, due_at INTEGER DEFAULT 0, changed_at INTEGER NOT NULL DEFAULT 0, silence TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (batch, seq)
);
INSERT INTO "rows" VALUES(1,1,2,'["A-1","1","https://instagram.com/anna","100"]','mine','ref:mine:A-1','1','1 https://instagram.com/anna','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/anna"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','placed','','',1,'23501','','0.09','USD','Pending','12261','100','',1795277859588,1795277859609,1795277859610,1795277859609,'');
INSERT INTO "rows" VALUES(1,2,3,'["A-2","1","https://instagram.com/ben","100"]','mine','ref:mine:A-2','1','1 https://instagram.com/ben','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/ben"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','placed','','',1,'23502','','0.09','USD','Pending','10445','100','',1795277859600,1795277859609,1795277859610,1795277859609,'');
INSERT INTO "rows" VALUES(2,1,2,'["a-1","1","https://instagram.com/cleo","100"]','also','ref:also:a-1','1','1 https://instagram.com/cleo','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/cleo"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','placed','','',1,'23503','','0.09','USD','Pending','8174','100','',1795277859913,1795277859919,1795277859920,1795277859919,'');
INSERT INTO "rows" VALUES(2,2,3,'["B-2","1","https://instagram.com/dora","100"]','also','ref:also:B-2','1','1 https://instagram.com/dora','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/dora"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','placed','','',1,'023502','','0.09','USD','Pending','19482','100','',1795277859916,1795277859919,1795277859919,1795277859919,'');
INSERT INTO "rows" VALUES(3,1,2,'["1","https://instagram.com/emil","100"]','also','ba8d3c5f01f60418a8b85896-1','1','1 https://instagram.com/emil','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/emil"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','placed','','',1,'23505','','0.09','USD','Pending','17648','100','',1795277860068,1795277860075,1795277860075,1795277860075,'');
INSERT INTO "rows" VALUES(3,2,3,'["1","https://www.instagram.com/anna/?igsh=x","100"]','also','7fbda5da0fa3d765ef615988-1','1','1 https://www.instagram.com/anna/?igsh=x','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://www.instagram.com/anna/?igsh=x"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','queued','','',0,NULL,'',NULL,'','','','','',0,0,0,0,'');
INSERT INTO "rows" VALUES(3,3,4,'["1","https://instagram.com/finn","100"]','also','95a0528970bf314405c3b89c-1','1','1 https://instagram.com/finn','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/finn"},{"Name":"quantity","Value":"100"}]','0.9','0.1','0.1','null','queued','','',0,NULL,'',NULL,'','','','','',0,0,0,0,'');
INSERT INTO "rows" VALUES(3,4,5,'["1","https://instagram.com/gina","10"]','also','invalid-fac2675cd6e78aae2045b7d9-1','1','1 https://instagram.com/gina','[{"Name":"service","Value":"1"},{"Name":"link","Value":"https://instagram.com/gina"},{"Name":"quantity","Value":"10"}]','0.9','0.01','0.01','[{"Sheet":"c.csv","Column":"C","Row":5,"Field":"quantity","Rule":"quantity-below-minimum","Found":"10","Wrong":"is below the minimum 50 of service 1 \"Followers\"","Mend":"use 50 to 10000","Warning":false}]','invalid','','',0,NULL,'',NULL,'','','','','',0,0,0,0,'');
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
INSERT INTO "services" VALUES(1,'mine','1','Followers','Default','First Category','0.9',50,10000,1,1);
INSERT INTO "services" VALUES(2,'also','1','Followers','Default','First Category','0.9',50,10000,1,1);
INSERT INTO "services" VALUES(3,'also','1','Followers','Default','First Category','0.9',50,10000,1,1);
CREATE TABLE statuses (
    batch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    n           INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    status      TEXT NOT NULL,
    charge      TEXT,
    currency    TEXT NOT NULL,
    start_count TEXT NOT NULL,
    remains     TEXT NOT NULL,
    PRIMARY KEY (batch, seq, n)
) WITHOUT ROWID;
INSERT INTO "statuses" VALUES(1,1,1,1795277859609,'Pending','0.09','USD','12261','100');
INSERT INTO "statuses" VALUES(1,2,1,1795277859609,'Pending','0.09','USD','10445','100');
INSERT INTO "statuses" VALUES(2,1,1,1795277859919,'Pending','0.09','USD','8174','100');
INSERT INTO "statuses" VALUES(2,2,1,1795277859919,'Pending','0.09','USD','19482','100');
INSERT INTO "statuses" VALUES(3,1,1,1795277860075,'Pending','0.09','USD','17648','100');
CREATE INDEX rows_key ON rows (key, batch);
CREATE INDEX rows_line ON rows (batch, line);
CREATE UNIQUE INDEX rows_order ON rows (panel, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX rows_queued ON rows (batch, seq) WHERE state = 'queued';
CREATE INDEX rows_sending ON rows (batch, seq) WHERE state = 'sending';
CREATE INDEX rows_due ON rows (batch, due_at) WHERE state = 'placed' AND due_at IS NOT NULL;
CREATE INDEX requests_open ON requests (batch, state) WHERE state = 'sending' OR due_at IS NOT NULL;
CREATE INDEX rows_waiting ON rows (batch, panel, service, state, reason) WHERE state IN ('queued', 'held');
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('goose_db_version',5);
COMMIT;