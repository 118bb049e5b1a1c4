package journal

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"bulkorder/batch/journal/pgtest"
)

// onPostgres tells whether this run of the tests keeps its books in PostgreSQL.
func onPostgres() bool { return os.Getenv("BULKORDER_TEST_JOURNAL") == "postgres" }

// Place is where new books of a test's own are kept.
func Place(t testing.TB) string {
	if onPostgres() {
		return pgtest.Address(t)
	}
	return filepath.Join(t.TempDir(), "deep", "er", "journal.db")
}

// OpenAt opens books at a place.
func OpenAt(ctx context.Context, t testing.TB, place string) (*Journal, error) {
	if IsPostgres(place) {
		return OpenPostgres(ctx, place, t.TempDir())
	}
	return Open(ctx, place)
}

// OpenNew opens new books.
func OpenNew(t testing.TB) (*Journal, error) {
	t.Helper()
	return OpenAt(context.Background(), t, Place(t))
}

// AboutAFile is a test of what only books in a file have.
func AboutAFile(t *testing.T) {
	if onPostgres() {
		t.Skip("books in PostgreSQL are no file")
	}
}

// TestAllOfItOnPostgres runs the tests of this package once more, with their books in PostgreSQL.
func TestAllOfItOnPostgres(t *testing.T) {
	AboutAFile(t)
	t.Parallel()
	pgtest.Address(t) // skipped where there is none
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.timeout", "10m",
		"-test.skip", "^(Fuzz|TestPg)")
	cmd.Env = append(os.Environ(), "BULKORDER_TEST_JOURNAL=postgres")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
