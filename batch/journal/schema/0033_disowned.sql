-- +goose Up

-- An order never changes. One that the panel says that it doesn't have, and of which it never told anything else, may be
-- no order at all: its row can be put in doubt, and bears it as the one that it may have.
DROP TRIGGER orders_kept;
-- +goose StatementBegin
CREATE TRIGGER orders_kept BEFORE UPDATE OF state, order_id ON rows
WHEN OLD.state = 'placed' AND (NEW.state <> 'placed' OR NEW.order_id IS NOT OLD.order_id)
AND NOT (NEW.state = 'in_doubt' AND NEW.order_id IS NULL AND NEW.candidate = OLD.order_id AND OLD.one_of = ''
    AND OLD.status = '' AND OLD.silence <> '')
BEGIN SELECT RAISE(ABORT, 'an order never changes'); END;
-- +goose StatementEnd
