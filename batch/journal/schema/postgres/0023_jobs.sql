-- +goose Up

CREATE TABLE jobs (
    batch    BIGINT PRIMARY KEY,
    due_at   BIGINT NOT NULL,
    state    TEXT COLLATE "C" NOT NULL,
    asked_by TEXT COLLATE "C" NOT NULL,
    asked_at BIGINT NOT NULL,
    sending  TEXT COLLATE "C" NOT NULL,
    tries    BIGINT NOT NULL,
    words    TEXT COLLATE "C" NOT NULL
);
