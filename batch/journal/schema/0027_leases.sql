-- +goose Up

-- In PostgreSQL there are leases from here on. Who works on a file is kept by locks of the operating system.
SELECT 1;
