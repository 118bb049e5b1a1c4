package journal_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/journal/journaltest"
)

func TestContract(t *testing.T) {
	journaltest.Contract(t, func(t *testing.T) *journal.Journal {
		j, err := journal.OpenNew(t)
		if err != nil {
			t.Fatal(err)
		}
		return j
	})
}

func TestTheBooksLiveOn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder with ? and % and #", "journal.db")
	for range 2 {
		j, err := journal.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := j.Draft(journal.Batch{Panel: "p", Created: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Finish(journal.Reading{}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Admit(t.Context(), "a", journal.Repeats{}); err != nil {
			t.Fatal(err)
		}
		all, err := j.Batches(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatalf("%d batches, %v", len(all), err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFilesAreForTheirOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dir := filepath.Join(t.TempDir(), "state")
	j, err := journal.Open(t.Context(), filepath.Join(dir, "journal.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	h, err := j.Hold("a", journal.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Release()
	err = filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsNoJournalIsRefused(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, dir, filepath.Join(text, "journal.db")} {
		if j, err := journal.Open(t.Context(), path); err == nil {
			j.Close()
			t.Errorf("%s was opened", path)
		} else if !strings.Contains(err.Error(), path) {
			t.Errorf("the error doesn't name %s: %v", path, err)
		}
	}
	if got, err := os.ReadFile(text); err != nil || !strings.HasPrefix(string(got), "no database") {
		t.Errorf("a file that is no journal was changed: %v", err)
	}
}

func TestNothingIsWrittenAfterAFailure(t *testing.T) {
	journal.AboutAFile(t)
	j, err := journal.OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if err := j.Fail(); !errors.Is(err, journal.ErrBroken) {
		t.Fatalf("the failure gives %v", err)
	}
	if err := j.Intend(journal.Batch{}, 1, time.Now()); !errors.Is(err, journal.ErrBroken) {
		t.Errorf("an intent after a failure gives %v, want ErrBroken", err)
	}
}

// TestEditionsAreMatchedByKey: a large sheet that is run a second time must not go through all rows of the batch
// for each of its own.
func TestEditionsAreMatchedByKey(t *testing.T) {
	journal.AboutAFile(t)
	j, err := journal.OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	plans, err := j.EditionPlans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	matched := 0
	for query, plan := range plans {
		if strings.Contains(query, ".key = ") {
			matched++
			if !strings.Contains(plan, "rows_key (key=? AND batch=?)") {
				t.Errorf("%s\nis not matched by key:\n%s", query, plan)
			}
		}
	}
	if matched != 4 {
		t.Errorf("%d steps match by key, want 4", matched)
	}
}
