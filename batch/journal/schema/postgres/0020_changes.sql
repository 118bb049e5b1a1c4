-- +goose Up

CREATE TABLE sums_since (
    batch   BIGINT NOT NULL,
    n       BIGINT NOT NULL,
    changes TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (batch, n)
);
