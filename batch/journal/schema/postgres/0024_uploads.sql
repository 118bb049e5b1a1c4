-- +goose Up

CREATE TABLE uploads (
    id      TEXT COLLATE "C" PRIMARY KEY,
    name    TEXT COLLATE "C" NOT NULL,
    file    TEXT COLLATE "C" NOT NULL,
    by      TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    choices TEXT COLLATE "C" NOT NULL,
    batch   TEXT COLLATE "C" NOT NULL
);
CREATE INDEX uploads_at ON uploads (at);
