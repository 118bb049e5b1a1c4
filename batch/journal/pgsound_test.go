package journal

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bulkorder/batch/journal/pgtest"
)

// TestPgLayoutIsWhatAllStepsMake. Where a step was added, BULKORDER_NEWBOOKS=write writes it anew.
func TestPgLayoutIsWhatAllStepsMake(t *testing.T) {
	j, err := OpenPostgres(t.Context(), pgtest.Address(t), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	has, err := layoutOf(t.Context(), j.write)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range has {
		lines = append(lines, line)
	}
	slices.Sort(lines)
	text := strings.Join(lines, "\n") + "\n"
	if os.Getenv("BULKORDER_NEWBOOKS") == "write" {
		if err := os.WriteFile("schema/postgres/layout.txt", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(postgresLayout, text); diff != "" {
		t.Errorf("layout.txt -, the tables +; BULKORDER_NEWBOOKS=write writes it anew:\n%s", diff)
	}
}

// TestPgDamageIsTold: what keeps the promise must be there, and switched on.
func TestPgDamageIsTold(t *testing.T) {
	address, state := pgtest.Address(t), t.TempDir()
	look := func() (s Soundness) {
		t.Helper()
		j, err := ReadBooks(t.Context(), address, func() (string, error) { return state, nil })
		if err == nil {
			defer j.Close()
			s, err = j.Sound(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Flush(); err == nil {
			t.Error("books that are read alone are written")
		}
		return s
	}
	if s := look(); s.Schema != 0 || len(s.Damage) > 0 {
		t.Errorf("an empty database is %+v", s)
	}
	j, err := OpenPostgres(t.Context(), address, state)
	if err != nil {
		t.Fatal(err)
	}
	b := edit(t, j, time.Now(), "a", "b")
	if err := j.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.KeepTotals(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	j.Close()
	if s := look(); s.Schema != s.Latest || len(s.Damage) > 0 || s.Batches != 1 || s.Sending != 1 || !s.Durable() {
		t.Errorf("sound books are %+v", s)
	}
	for _, c := range []struct{ harm, mend, told string }{
		{"ALTER TABLE rows DISABLE TRIGGER rows_once", "ALTER TABLE rows ENABLE TRIGGER rows_once", "trigger rows_once on rows"},
		{"DROP INDEX rows_order", "CREATE UNIQUE INDEX rows_order ON rows (account, order_key, twin) WHERE order_id IS NOT NULL",
			"index rows_order on rows, unique"},
		{"CREATE TRIGGER other BEFORE DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION is_kept('x')", "DROP TRIGGER other ON jobs",
			"not of bulkorder's making"},
		{"ALTER TABLE rows ALTER COLUMN seq TYPE INTEGER", "ALTER TABLE rows ALTER COLUMN seq TYPE BIGINT", "rows.seq bigint"},
		{"UPDATE sums_since SET changes = ''; UPDATE sums SET totals = ''", "DELETE FROM sums_since; DELETE FROM sums",
			"the sums of batch a"},
	} {
		pgtest.Exec(t, address, c.harm)
		if s := look(); !strings.Contains(strings.Join(s.Damage, "; "), c.told) {
			t.Errorf("after %s: %v", c.harm, s.Damage)
		}
		pgtest.Exec(t, address, c.mend)
		if s := look(); len(s.Damage) > 0 {
			t.Errorf("after %s: %v", c.mend, s.Damage)
		}
	}
}
