-- +goose Up

-- Who may do what only one process may do at a time.
CREATE TABLE leases (
    name    TEXT COLLATE "C" PRIMARY KEY,
    owner   TEXT COLLATE "C" NOT NULL,
    session BIGINT NOT NULL,            -- the advisory lock of the owner's session
    epoch   BIGINT NOT NULL,            -- one higher each time that it is taken
    until   BIGINT NOT NULL,            -- unless its owner is heard of again; 0: nobody has it
    holder  TEXT COLLATE "C" NOT NULL   -- JSON: who that is, for a person
);
CREATE INDEX leases_owner ON leases (owner);
DROP TABLE holders;

-- +goose StatementBegin
CREATE FUNCTION now_ms() RETURNS BIGINT LANGUAGE sql VOLATILE AS
$$ SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) $$;
-- +goose StatementEnd

-- Whether the session is there that has this advisory lock.
-- +goose StatementBegin
CREATE FUNCTION has_session(lock BIGINT) RETURNS BOOLEAN LANGUAGE sql VOLATILE AS $$
    SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND CAST(classid AS BIGINT) = (lock >> 32) & 4294967295 AND CAST(objid AS BIGINT) = lock & 4294967295)
$$;
-- +goose StatementEnd

-- A lease is held until its time is over. An owner whose session is gone, and that wasn't heard of for a while, is dead
-- already. A time that is further away than any lease lasts was written by a clock that was ahead.
-- +goose StatementBegin
CREATE FUNCTION is_held(until BIGINT, session BIGINT, last BIGINT, quiet BIGINT) RETURNS BOOLEAN LANGUAGE sql VOLATILE AS $$
    SELECT until > now_ms() AND until <= now_ms() + last + 1000 AND (until > now_ms() + last - quiet OR has_session(session))
$$;
-- +goose StatementEnd
