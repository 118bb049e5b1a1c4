package journal

import (
	"context"
	"database/sql"
	_ "embed" // the text of new books
	"fmt"
	"strings"

	"github.com/pressly/goose/v3"
)

// What all steps of the schema make of an empty file, told at once: to run the steps one by one takes ten times as
// long. The first line says up to which step it goes.
//
//go:embed newbooks.sql
var newBooks string

// makeNew makes the tables of an empty file at once; false: they must be made step by step.
func makeNew(ctx context.Context, db *sql.DB, steps *goose.Provider, latest int64) (bool, error) {
	if !strings.HasPrefix(newBooks, stepLine(latest)) {
		return false, nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var others int
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\'
		AND name <> 'goose_db_version'`).Scan(&others)
	if err != nil || others > 0 {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, newBooks); err != nil {
		return false, fmt.Errorf("making the tables: %w", err)
	}
	for _, step := range steps.ListSources() {
		_, err := tx.ExecContext(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, 1)`, step.Version)
		if err != nil {
			return false, fmt.Errorf("making the tables: %w", err)
		}
	}
	return true, tx.Commit()
}

// stepLine begins the text of new books.
func stepLine(latest int64) string { return fmt.Sprintf("-- All steps up to %d.\n", latest) }
