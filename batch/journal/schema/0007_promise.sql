-- +goose Up

CREATE UNIQUE INDEX rows_order ON rows (account, order_key, twin) WHERE order_id IS NOT NULL;
CREATE INDEX rows_unsettled ON rows (account, state) WHERE state IN ('sending', 'in_doubt');

-- A row isn't sent where the same is ordered already, or may be, under any name of the account: by another batch, or by
-- this one, where an edition left an order of the same occurrence. What a person's word covers is no hindrance; a Ref is
-- ordered once on its account, whatever is said.
-- The plus before o.batch keeps SQLite from going through all rows of the batch for each row.
-- 2592000000 ms are 30 days: so long an order counts as the same without a Ref; a doubt counts until it is decided.
-- +goose StatementBegin
CREATE TRIGGER rows_once BEFORE UPDATE OF state ON rows WHEN NEW.state = 'sending' AND (
    (SELECT count(*) FROM rows o JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = NEW.account
        WHERE (o.content = NEW.content OR o.content = NEW.alias OR o.alias = NEW.content AND o.alias <> '')
        AND NEW.content <> '' AND o.content <> '' AND o.batch <> NEW.batch AND theirs.kin = ours.kin
        AND o.state IN ('sending', 'placed', 'in_doubt') AND (NEW.ref = '' OR o.ref = '')
        AND (o.state <> 'placed' OR o.sent_at > NEW.sent_at - 2592000000)
        AND instr(NEW.word, '|' || o.batch || ':' || o.seq || '|') = 0) >= NEW.nth
    OR EXISTS (
        SELECT 1 FROM rows o JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = NEW.account
        WHERE (o.content = NEW.content OR o.content = NEW.alias OR o.alias = NEW.content AND o.alias <> '')
        AND NEW.content <> '' AND o.content <> '' AND +o.batch = NEW.batch AND o.seq <> NEW.seq AND theirs.kin = ours.kin
        AND o.state IN ('sending', 'placed', 'in_doubt') AND (NEW.ref = '' OR o.ref = '') AND o.nth = NEW.nth
        AND (o.state <> 'placed' OR o.sent_at > NEW.sent_at - 2592000000)
        AND instr(NEW.word, '|' || o.batch || ':' || o.seq || '|') = 0)
    OR NEW.ref <> '' AND EXISTS (
        SELECT 1 FROM rows o JOIN accounts theirs ON theirs.n = o.account JOIN accounts ours ON ours.n = NEW.account
        WHERE o.ref = NEW.ref AND o.ref <> '' AND (o.batch <> NEW.batch OR o.seq <> NEW.seq)
        AND o.state IN ('sending', 'placed', 'in_doubt')
        AND (theirs.kin = ours.kin OR instr(NEW.word, '|' || o.batch || ':' || o.seq || '|') = 0))
) BEGIN SELECT RAISE(ABORT, 'ordered already'); END;
-- +goose StatementEnd

-- Of an account that isn't in the books nobody could tell what is ordered already.
-- +goose StatementBegin
CREATE TRIGGER rows_somewhere BEFORE UPDATE OF state ON rows
WHEN NEW.state = 'sending' AND NEW.account <> 0 AND NOT EXISTS (SELECT 1 FROM accounts WHERE n = NEW.account)
BEGIN SELECT RAISE(ABORT, 'the account is not in the books'); END;
-- +goose StatementEnd

-- What was ordered, or may have been, stays in the books.
-- +goose StatementBegin
CREATE TRIGGER rows_kept BEFORE DELETE ON rows WHEN OLD.state IN ('sending', 'placed', 'in_doubt') OR OLD.order_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a row that may have been ordered is never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER batches_kept BEFORE DELETE ON batches WHEN OLD.id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a batch that was admitted is never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER orders_kept BEFORE UPDATE OF state, order_id ON rows
WHEN OLD.state = 'placed' AND (NEW.state <> 'placed' OR NEW.order_id IS NOT OLD.order_id)
BEGIN SELECT RAISE(ABORT, 'an order never changes'); END;
-- +goose StatementEnd

-- Orders that the panel was never asked about.
CREATE INDEX rows_unasked ON rows (batch, seq) WHERE state = 'placed' AND checked_at = 0;
