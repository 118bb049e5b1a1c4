-- +goose Up

CREATE TABLE schedules (
    n        BIGINT PRIMARY KEY,
    every    BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    by       TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL
);
