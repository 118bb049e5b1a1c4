-- +goose Up

-- The panels of a batch's rows beyond its own one, which stands in batches.
CREATE TABLE panels (
    batch          INTEGER NOT NULL,
    panel          TEXT NOT NULL,
    url            TEXT NOT NULL,
    currency       TEXT NOT NULL DEFAULT '',
    balance_before TEXT,
    balance_after  TEXT,
    PRIMARY KEY (batch, panel)
);

-- A service's id means something on its panel only.
CREATE TABLE services_of_panels (
    batch    INTEGER NOT NULL,
    panel    TEXT NOT NULL,
    id       TEXT NOT NULL,
    name     TEXT NOT NULL,
    type     TEXT NOT NULL,
    category TEXT NOT NULL,
    rate     TEXT NOT NULL,
    min      INTEGER NOT NULL,
    max      INTEGER NOT NULL,
    refill   INTEGER NOT NULL,
    cancel   INTEGER NOT NULL,
    PRIMARY KEY (batch, panel, id)
);
INSERT INTO services_of_panels SELECT s.batch, b.panel, s.id, s.name, s.type, s.category, s.rate, s.min, s.max, s.refill, s.cancel
    FROM services s JOIN batches b ON b.n = s.batch;
DROP TABLE services;
ALTER TABLE services_of_panels RENAME TO services;

-- Rows not yet sent are looked for by service when the catalogue changes.
CREATE INDEX rows_waiting ON rows (batch, panel, service, state, reason) WHERE state IN ('queued', 'held');
