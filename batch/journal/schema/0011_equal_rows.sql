-- +goose Up

-- With nth: of thousands of equal rows the one of the same occurrence is found, not gone through.
DROP INDEX rows_content;
CREATE INDEX rows_content ON rows (content, batch, nth);
DROP INDEX rows_alias;
CREATE INDEX rows_alias ON rows (alias, batch, nth) WHERE alias <> '';

-- As it was, with rows of other batches and rows of the same batch found by ranges of the index.
DROP TRIGGER rows_once;
-- +goose StatementBegin
CREATE TRIGGER rows_once BEFORE UPDATE OF state ON rows WHEN NEW.state = 'sending' AND (
    -- Most rows are like none: that is found out by looking at the index alone.
    (EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = NEW.content AND batch < NEW.batch)
    OR EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = NEW.content AND batch > NEW.batch)
    OR NEW.alias <> '' AND EXISTS (SELECT 1 FROM rows INDEXED BY rows_content WHERE content = NEW.alias)
    OR EXISTS (SELECT 1 FROM rows INDEXED BY rows_alias WHERE alias = NEW.content AND alias <> ''))
    AND (SELECT count(*) FROM (
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
