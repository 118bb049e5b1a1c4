-- +goose Up

-- Requests are found by their rows alone: one tree less is written for each.
CREATE TABLE requested (
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
INSERT INTO requested SELECT batch, seq, n, started_at, ended_at, verdict, class, words, http_status, order_id, candidate,
    answer FROM attempts ORDER BY batch, seq, n;
DROP TABLE attempts;
ALTER TABLE requested RENAME TO attempts;

-- Who changes rows throws the sums away itself, once a commit: triggers cost as much as the change.
DROP TRIGGER sums_after_update;
DROP TRIGGER sums_after_insert;
DROP TRIGGER sums_after_delete;
DELETE FROM sums;

-- The judgement of a row that is like others, as it was. It has a trigger of its own since SQLite makes room for all that
-- a trigger may look at each time that it fires, and most rows are like none.
CREATE VIEW likened AS SELECT batch, seq, account, ref, content, alias, nth, word, sent_at FROM rows;
-- +goose StatementBegin
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
-- +goose StatementEnd
DROP TRIGGER rows_once;
-- +goose StatementBegin
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
-- +goose StatementEnd

-- What the sheet said when the batch was last made of it: the same again changes nothing.
ALTER TABLE batches ADD COLUMN drafted TEXT NOT NULL DEFAULT ''; -- digest; empty: not known
