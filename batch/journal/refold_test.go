package journal

import (
	"database/sql"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"bulkorder/batch/journal/pgtest"
	"bulkorder/batch/panel"
)

// TestOlderBooksKnowRefsAndLinksInTheirNewSpellings: those of one batch that are one by now both stay, and a new row
// that is either is held.
func TestOlderBooksKnowRefsAndLinksInTheirNewSpellings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	steps, err := provider(db)
	if err != nil {
		t.Fatal(err)
	}
	olderBooks(t, db, steps)
	j, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	foldedAnew(t, j)
}

func TestPgOlderBooksKnowRefsAndLinksInTheirNewSpellings(t *testing.T) {
	address := pgtest.Address(t)
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := postgresSteps(db)
	if err != nil {
		t.Fatal(err)
	}
	olderBooks(t, db, steps)
	j, err := OpenPostgres(t.Context(), address, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	foldedAnew(t, j)
}

// olderBooks fills books of before the step, and closes them.
func olderBooks(t *testing.T, db *sql.DB, steps *goose.Provider) {
	t.Helper()
	if _, err := steps.UpTo(t.Context(), refolded-1); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		`INSERT INTO accounts (n, address, name, kin) VALUES (1, 'https://p.example', 'p', 1)`,
		`INSERT INTO batches (id, sheet, worksheet, fingerprint, columns, notes, created_at, created_by)
			VALUES ('b', 's', '', '', '[]', '[]', 1, 'me')`,
		`INSERT INTO services (batch, panel, id, name, type, category, rate, min, max, refill, cancel)
			VALUES (1, 'p', '7', 'Facebook Followers', 'Default', '', '0.9', 50, 1000, true, false)`,
	} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	for i, r := range []struct{ ref, link, content, state string }{
		{"a  b", "1", "c1", "placed"},
		{"a b", "2", "c2", "placed"},
		{"７", "3", "c3", "in_doubt"},
		{"plain", "4", "c4", "placed"},
		{"", "https://fb.com/Nord.Page", "c5", "placed"},
		{"", "https://fb.com/nordpage", "c6", "placed"},
		{"e\u03011", "", "", "invalid"},
	} {
		id := Identity{Ref: r.ref, Content: r.content, Nth: 1}
		params := []panel.Param{{Name: "service", Value: "7"}, {Name: "link", Value: r.link}}
		_, err := db.ExecContext(t.Context(), `INSERT INTO rows (batch, seq, line, cells, panel, key, service, target, params,
				rate, problems, state, account, ref, content)
			VALUES (1, $1, $2, '[]', 'p', $3, '7', '', $4, '0.9', '[]', $5, 1, $6, $7)`, i+1, i+2, id.Key(1),
			encode(params), r.state, r.ref, r.content)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// foldedAnew compares what rows are recognised by now.
func foldedAnew(t *testing.T, j *Journal) {
	t.Helper()
	rows, err := j.read.QueryContext(t.Context(), `SELECT ref, content, alias, nth, key FROM rows ORDER BY seq`)
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Ref, Content, Alias string
		Nth                 int
		Key                 string
	}
	all, err := scanAll(rows, func(r *row) []any { return []any{&r.Ref, &r.Content, &r.Alias, &r.Nth, &r.Key} })
	if err != nil {
		t.Fatal(err)
	}
	service := panel.Service{ID: "7", Name: "Facebook Followers", Type: "Default"}
	of := func(link string) Identity {
		return Identify(service, []panel.Param{{Name: "service", Value: "7"}, {Name: "link", Value: link}}, "")
	}
	page := of("fb.com/nordpage")
	second := page
	second.Nth = 2
	want := []row{
		{"a b", of("1").Content, "", 1, "ref:a  b"},
		{"a b", of("2").Content, "", 1, "ref:a b"},
		{"7", of("3").Content, "", 1, "ref:7"},
		{"plain", of("4").Content, "", 1, "ref:plain"},
		{"", page.Content, page.Alias, 1, page.Key(1)},
		{"", page.Content, page.Alias, 2, second.Key(1)},
		{"é1", "", "", 1, "ref:é1"},
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
}
