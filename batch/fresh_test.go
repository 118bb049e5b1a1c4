package batch_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"bulkorder/batch/journal"
)

// emptyBooks makes an empty journal once: its tables take longer than most tests that begin with one.
var emptyBooks = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "books-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "journal.db")
	j, err := journal.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := j.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// freshJournal opens an empty journal of the test's own.
func freshJournal(t *testing.T) *journal.Journal {
	t.Helper()
	text, err := emptyBooks()
	path := filepath.Join(t.TempDir(), "journal.db")
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j
}
