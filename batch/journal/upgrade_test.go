package journal

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
)

// TestAJournalOfBeforeFollowUps: its placed orders are followed, those that are final aren't asked about again, and its
// services are those of the batch's panel.
func TestAJournalOfBeforeFollowUps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	steps, err := fs.Sub(schema, "schema")
	if err != nil {
		t.Fatal(err)
	}
	old, err := goose.NewProvider(goose.DialectSQLite3, db, steps)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := old.UpTo(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`INSERT INTO batches (id, panel, url, sheet, worksheet, fingerprint, columns, notes, created_at, created_by, ` +
			`workbook) VALUES ('b', 'p', 'https://p.example/', 's', '', '', '[]', '[]', 1, 'me', 'r.xlsx')`,
		`INSERT INTO services VALUES (1, '7', 'Followers', 'Default', '', '0.9', 50, 1000, 1, 0)`,
		`INSERT INTO rows (batch, seq, line, cells, panel, key, service, target, params, rate, problems, state, order_id,
			charge, status, sent_at, checked_at) VALUES
			(1, 1, 2, '[]', 'p', 'k1', '7', '7 a', '[]', '0.9', '[]', 'placed', '23501', '0.09', 'In progress', 5, 6),
			(1, 2, 3, '[]', 'p', 'k2', '7', '7 b', '[]', '0.9', '[]', 'placed', '23502', '0.18', 'Completed', 5, 6),
			(1, 3, 4, '[]', 'p', 'k3', '7', '7 c', '[]', '0.9', '[]', 'queued', NULL, NULL, '', 0, 0)`,
	} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	j, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	b, err := j.Batch(t.Context(), "b")
	if err != nil || b.Revision != b.Written || len(b.Others) != 0 {
		t.Fatalf("%+v, %v", b, err)
	}
	open, err := j.Open(t.Context(), b, "p", time.Time{})
	if err != nil || len(open) != 1 || open[0].OrderID != "23501" {
		t.Errorf("%+v, %v", open, err)
	}
	past, err := j.Statuses(t.Context(), b, 1)
	if err != nil || len(past) != 1 || past[0].Status != "In progress" || past[0].Charge.Decimal.String() != "0.09" {
		t.Errorf("%+v, %v", past, err)
	}
	services, err := j.Services(t.Context(), b)
	if err != nil || len(services) != 1 || services[0].Panel != "p" || services[0].ID != "7" {
		t.Errorf("%+v, %v", services, err)
	}
	queued, err := j.Queued(t.Context(), b, "p", 0, 10)
	if err != nil || len(queued) != 1 {
		t.Errorf("%+v, %v", queued, err)
	}
}
