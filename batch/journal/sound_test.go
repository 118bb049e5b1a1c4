package journal_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bulkorder/batch/journal"
)

// kept makes a journal with a batch of so many rows, the first of them being sent, and gives its path.
func kept(t *testing.T, rows int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.db")
	j, err := journal.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	d, err := j.Draft(journal.Batch{Panel: "p", Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		e := journal.Entry{
			Line:    i + 2,
			Key:     "key" + strings.Repeat("k", 200) + string(rune('a'+i%26)) + time.Duration(i).String(),
			Service: "1",
			State:   journal.Queued,
		}
		if err := d.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(journal.Reading{}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Admit(t.Context(), "a", journal.Repeats{}); err != nil {
		t.Fatal(err)
	}
	b, err := j.Batch(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if rows == 0 {
		return path
	}
	for e, err := range j.InState(t.Context(), b, journal.Queued) {
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Intend(b, e.Seq, time.Now()); err != nil {
			t.Fatal(err)
		}
		break
	}
	return path
}

func sound(t *testing.T, path string) (journal.Soundness, error) {
	t.Helper()
	j, err := journal.OpenReadOnly(t.Context(), path)
	if err != nil {
		return journal.Soundness{}, err
	}
	defer j.Close()
	return j.Sound(t.Context())
}

func TestASoundJournal(t *testing.T) {
	s, err := sound(t, kept(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Damage) != 0 || !s.Durable() || s.Schema != s.Latest || s.Schema == 0 || s.Batches != 1 ||
		s.Sending != 1 ||
		s.InDoubt != 0 {
		t.Errorf("got %+v", s)
	}
}

// TestOpenOrdersAreIndexedWhenTheyAreAskedFor: and the books are as sound as before.
func TestOpenOrdersAreIndexedWhenTheyAreAskedFor(t *testing.T) {
	path := kept(t, 3)
	for range 2 { // the index is there the second time
		j, err := journal.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if open, err := j.HasOpenOrder(t.Context(), 0, ""); open || err != nil {
			t.Errorf("an order of a row that is being sent: %t, %v", open, err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err := sound(t, path); err != nil || len(s.Damage) > 0 {
			t.Errorf("%+v, %v", s, err)
		}
	}
	change(t, path, "DROP INDEX rows_open; CREATE INDEX rows_open ON rows (account)")
	if s, err := sound(t, path); err != nil || len(s.Damage) != 1 {
		t.Errorf("an index of another making: %+v, %v", s, err)
	}
}

// TestSumsThatAreNotThoseOfTheRowsAreDamage: a run would go by them.
func TestSumsThatAreNotThoseOfTheRowsAreDamage(t *testing.T) {
	path := kept(t, 3)
	j, err := journal.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := j.Batch(t.Context(), "a")
	if err == nil {
		_, err = j.KeepTotals(t.Context(), b)
	}
	if err != nil || j.Close() != nil {
		t.Fatal(err)
	}
	for _, as := range []struct{ it, change, want string }{
		{"they are those of the rows", "", ""},
		{"a row changed without them", "UPDATE rows SET state = 'refused' WHERE state = 'sending'", "batch a"},
		{"they can't be read", "UPDATE sums SET totals = '{}'", "batch a"},
		{"they are gone", "DELETE FROM sums", ""},
	} {
		change(t, path, as.change)
		s, err := sound(t, path)
		if told := strings.Join(s.Damage, ""); err != nil || !strings.Contains(told, as.want) || (told == "") != (as.want == "") {
			t.Errorf("%s: %q, %v", as.it, told, err)
		}
	}
}

func TestLookingChangesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	if _, err := journal.OpenReadOnly(t.Context(), filepath.Join(dir, "journal.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a journal that isn't there: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
	path := kept(t, 3)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Sound(t.Context()); err != nil {
		t.Error(err)
	}
	if err := j.Note(journal.Batch{}, journal.Run{}); err == nil {
		t.Error("it can be written")
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the file was changed, %v", err)
	}
}

// TestItIsReadWhileOthersWrite: what another process has written and not yet moved into the file counts.
func TestItIsReadWhileOthersWrite(t *testing.T) {
	path := kept(t, 3)
	j, err := journal.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	b, err := j.Batch(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Recover(b); err != nil {
		t.Fatal(err)
	}
	if s, err := sound(t, path); err != nil || s.Sending != 0 || s.InDoubt != 1 {
		t.Errorf("got %+v, %v", s, err)
	}
}

// change runs SQL on the file as a stranger would.
func change(t *testing.T, path, text string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), text); err != nil {
		t.Fatal(err)
	}
}

func TestDamageIsTold(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(t *testing.T, path string)
		says  string
	}{
		{"garbage in the middle", func(t *testing.T, path string) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			middle := len(content) / 2 / 4096 * 4096
			copy(content[middle:], strings.Repeat("garbage.", 512))
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}, ""},
		{"cut off", func(t *testing.T, path string) {
			if err := os.Truncate(path, 5*4096); err != nil {
				t.Fatal(err)
			}
		}, "malformed"},
		{"a table gone", func(t *testing.T, path string) { change(t, path, "DROP TABLE decisions") },
			"table decisions is missing"},
		{"an index gone", func(t *testing.T, path string) { change(t, path, "DROP INDEX rows_order") },
			"index rows_order is missing"},
		{"a stranger's trigger", func(t *testing.T, path string) {
			change(t, path, "CREATE TRIGGER x AFTER UPDATE ON rows BEGIN DELETE FROM attempts; END")
		}, "trigger x is not of bulkorder's making"},
		{"another column", func(t *testing.T, path string) { change(t, path, "ALTER TABLE services ADD COLUMN x") },
			"table services isn't as it was made"},
		{"another program's database", func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			change(t, path, "CREATE TABLE songs (x)")
		}, "something else"},
	} {
		path := kept(t, 300)
		tt.spoil(t, path)
		s, err := sound(t, path)
		told := strings.Join(s.Damage, "; ")
		if err != nil { // some damage keeps SQLite from opening the file at all
			told = err.Error()
		}
		if told == "" || !strings.Contains(told, tt.says) {
			t.Errorf("%s: %+v, %v", tt.name, s, err)
		}
	}
}

func TestASoundnessThatIsNotDamage(t *testing.T) {
	newer := kept(t, 1)
	change(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1); CREATE TABLE later (x)")
	if s, err := sound(t, newer); err != nil || len(s.Damage) != 0 || s.Schema != 99 || s.Latest >= 99 {
		t.Errorf("a newer schema: %+v, %v", s, err)
	}
	rollback := kept(t, 1)
	change(t, rollback, "PRAGMA journal_mode = DELETE")
	if s, err := sound(t, rollback); err != nil || s.Durable() || s.JournalMode != "delete" {
		t.Errorf("another journal mode: %+v, %v", s, err)
	}
	empty := filepath.Join(t.TempDir(), "journal.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := sound(t, empty); err != nil || len(s.Damage) != 0 || s.Schema != 0 || s.Latest == 0 {
		t.Errorf("an empty file: %+v, %v", s, err)
	}
	text := filepath.Join(t.TempDir(), "journal.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := sound(t, text); err == nil {
		t.Errorf("a text: %+v", s)
	}
}
