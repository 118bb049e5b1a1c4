-- +goose Up

-- A row whose order's id was answered to another row too becomes one of a set afterwards: its id isn't surely its own.
DROP TRIGGER sets_kept;
-- +goose StatementBegin
CREATE TRIGGER sets_kept BEFORE UPDATE OF one_of ON rows WHEN OLD.state = 'placed' AND OLD.one_of <> '' AND NEW.one_of <> OLD.one_of
BEGIN SELECT RAISE(ABORT, 'a set never changes'); END;
-- +goose StatementEnd
