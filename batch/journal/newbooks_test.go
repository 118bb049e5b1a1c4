package journal

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNewBooksAreWhatAllStepsMake: every table, index and trigger, the rows that they begin with, and the steps that
// count as done. Where a step was added, BULKORDER_NEWBOOKS=write writes the text anew.
func TestNewBooksAreWhatAllStepsMake(t *testing.T) {
	stepwise, latest := memory(t)
	steps, err := provider(stepwise)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := steps.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("BULKORDER_NEWBOOKS") == "write" {
		if err := os.WriteFile("newbooks.sql", []byte(toldAtOnce(t, stepwise, latest)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	atOnce, _ := memory(t)
	done, err := makeNew(t.Context(), atOnce, steps, latest)
	if err != nil {
		t.Fatal(err)
	}
	if !done {
		t.Fatal("newbooks.sql isn't of the last step; BULKORDER_NEWBOOKS=write writes it anew")
	}
	if diff := cmp.Diff(made(t, stepwise), made(t, atOnce)); diff != "" {
		t.Errorf("step by step -, at once +; BULKORDER_NEWBOOKS=write writes newbooks.sql anew:\n%s", diff)
	}
	if again, err := makeNew(t.Context(), atOnce, steps, latest); again || err != nil {
		t.Errorf("books that are there are made again: %t, %v", again, err)
	}
}

// memory is a database that knows of no step yet, and the last step that there is.
func memory(t *testing.T) (*sql.DB, int64) {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	steps, err := provider(db)
	if err != nil {
		t.Fatal(err)
	}
	_, latest, err := steps.GetVersions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return db, latest
}

// made gives what a database was made of: its tables, and how long each value of their rows is.
func made(t *testing.T, db *sql.DB) map[string]string {
	t.Helper()
	all, err := tables(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for name := range all {
		kind, table, _ := strings.Cut(name, " ")
		if kind != "table" {
			continue
		}
		rows, err := db.Query(`SELECT * FROM ` + table)
		if err != nil {
			t.Fatal(err)
		}
		all["rows of "+table] = lengths(t, rows, table == "goose_db_version")
	}
	return all
}

// lengths writes rows: the values of a table of steps, and of others how long they are, since they are random.
func lengths(t *testing.T, rows *sql.Rows, values bool) (text string) {
	t.Helper()
	eachRow(t, rows, func(columns []string, cells []sql.NullString) {
		for i, c := range cells {
			switch {
			case columns[i] == "tstamp":
			case values:
				text += c.String + " "
			default:
				text += fmt.Sprint(len(c.String), " ")
			}
		}
		text += "\n"
	})
	return text
}

// eachRow shows rows of any table as texts, and closes them.
func eachRow(t *testing.T, rows *sql.Rows, show func(columns []string, cells []sql.NullString)) {
	t.Helper()
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, to := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			t.Fatal(err)
		}
		show(columns, cells)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// toldAtOnce writes what makes the same of an empty database.
func toldAtOnce(t *testing.T, db *sql.DB, latest int64) string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
		AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version'
		ORDER BY CASE type WHEN 'table' THEN 1 WHEN 'view' THEN 2 WHEN 'index' THEN 3 ELSE 4 END, rowid`)
	if err != nil {
		t.Fatal(err)
	}
	all, err := scanAll(rows, func(s *string) []any { return []any{s} })
	if err != nil {
		t.Fatal(err)
	}
	return stepLine(latest) + "-- Written by a test; see there.\n\n" + strings.Join(all, ";\n\n") + ";\n\n" +
		"INSERT INTO book (id, salt, revision) VALUES (lower(hex(randomblob(8))), lower(hex(randomblob(32))), 1);\n"
}
