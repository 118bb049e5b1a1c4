-- +goose Up

DROP TRIGGER sets_kept ON rows;
CREATE TRIGGER sets_kept BEFORE UPDATE OF one_of ON rows FOR EACH ROW
    WHEN (OLD.state = 'placed' AND OLD.one_of <> '' AND NEW.one_of <> OLD.one_of)
    EXECUTE FUNCTION is_kept('a set never changes');
