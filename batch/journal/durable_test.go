package journal

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// openWith opens a journal with settings of the test's own.
func openWith(t *testing.T, source string) (*Journal, error) {
	t.Helper()
	j := &Journal{Path: filepath.Join(t.TempDir(), "journal.db"), queue: make(chan write, 8), done: make(chan struct{})}
	var err error
	if j.write, err = sql.Open("sqlite", source); err != nil {
		t.Fatal(err)
	}
	j.write.SetMaxOpenConns(1)
	if j.read, err = openReader(source); err != nil {
		t.Fatal(err)
	}
	err = j.prepare(t.Context())
	t.Cleanup(func() {
		if err != nil {
			j.read.Close()
			j.write.Close()
		} else if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j, err
}

// TestSettingsThatLoseCommitsAreRefused: SQLite takes a setting silently that it doesn't keep, so the
// settings are read back.
func TestSettingsThatLoseCommitsAreRefused(t *testing.T) {
	file := func() string { return "file://" + filepath.Join(t.TempDir(), "journal.db") }
	for name, source := range map[string]string{
		"a database in memory":         "file::memory:?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)",
		"a rollback journal":           file() + "?_pragma=journal_mode(DELETE)&_pragma=synchronous(FULL)",
		"not synced at each commit":    file() + "?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)",
		"never synced":                 file() + "?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)",
		"WAL, and nothing about syncs": file() + "?_pragma=journal_mode(WAL)&_pragma=synchronous(1)",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := openWith(t, source); err == nil {
				t.Error("the journal was opened")
			}
		})
	}
}

// TestACommitThatFailedIsAFailure: a change whose statements went well and whose COMMIT failed didn't happen,
// and breaks the journal like every failure.
func TestACommitThatFailedIsAFailure(t *testing.T) {
	j, err := openWith(t, dsn(filepath.Join(t.TempDir(), "journal.db"))+"&_pragma=foreign_keys(1)")
	if err != nil {
		t.Fatal(err)
	}
	err = j.do(func(ctx context.Context, s *statements) error {
		if _, err := s.exec(ctx, "CREATE TABLE parents (n INTEGER PRIMARY KEY)"); err != nil {
			return err
		}
		_, err := s.exec(ctx, "CREATE TABLE children (n INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// What a child without a parent breaks is looked at by COMMIT.
	err = j.do(func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, "INSERT INTO children VALUES (1)")
		return err
	})
	if !errors.Is(err, ErrBroken) {
		t.Errorf("a COMMIT that failed gives %v, want ErrBroken", err)
	}
	if err := j.Intend(Batch{}, 1, time.Now()); !errors.Is(err, ErrBroken) {
		t.Errorf("an intent after it gives %v, want ErrBroken", err)
	}
}

// TestTheDatabaseItselfKeepsAnOrderToOneRow, whatever statement forgets to look.
func TestTheDatabaseItselfKeepsAnOrderToOneRow(t *testing.T) {
	j, _ := books(t, time.Now(), "a", "b")
	err := j.do(func(ctx context.Context, s *statements) error {
		_, err := s.exec(ctx, "UPDATE rows SET state = 'placed', order_id = '23501'")
		return err
	})
	if err == nil {
		t.Error("two rows have one order")
	}
}

// books opens a journal with a batch of queued rows, one for each key.
func books(t *testing.T, created time.Time, keys ...string) (*Journal, Batch) {
	t.Helper()
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	})
	return j, edit(t, j, created, keys...)
}

// edit admits the batch, or an edition of it.
func edit(t *testing.T, j *Journal, created time.Time, keys ...string) Batch {
	t.Helper()
	d, err := j.Draft(Batch{Panel: "p", Created: created})
	if err != nil {
		t.Fatal(err)
	}
	for line, key := range keys {
		if err := d.Add(Entry{Line: line, Panel: "p", Key: key, State: Queued}); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(Reading{}); err != nil {
		t.Fatal(err)
	}
	b, err := d.Admit(t.Context(), "a", Repeats{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func wantStates(t *testing.T, j *Journal, b Batch, want ...State) {
	t.Helper()
	var got []State
	for e, err := range j.Entries(t.Context(), b) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.State)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the rows are %v, want %v", got, want)
	}
}

// TestOnlyRowsInDoubtAreDecided: a decision neither takes an order away from a row nor sends one again that
// nobody doubts, whoever calls.
func TestOnlyRowsInDoubtAreDecided(t *testing.T) {
	j, b := books(t, time.Now(), "a", "b")
	if err := j.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := <-j.Conclude(b, Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "23501"}}); err != nil {
		t.Fatal(err)
	}
	if err := j.Decide(b, 1, Decision{How: Forced, State: Queued}); !errors.Is(err, ErrNotInDoubt) {
		t.Errorf("a placed row was queued again: %v", err)
	}
	if err := j.Decide(b, 2, Decision{How: Forced, State: Placed, OrderID: "23502"}); !errors.Is(err, ErrNotInDoubt) {
		t.Errorf("a queued row was made an order: %v", err)
	}
	wantStates(t, j, b, Placed, Queued)
}

// TestARowThatWasNotSentHasNoOutcome, and an outcome that comes all the same changes nothing.
func TestARowThatWasNotSentHasNoOutcome(t *testing.T) {
	for _, state := range []State{Placed, Refused, InDoubt, Queued} {
		t.Run(string(state), func(t *testing.T) {
			j, b := books(t, time.Now(), "a", "b")
			err := <-j.Conclude(b, Outcome{Seq: 2, State: state, Attempt: Attempt{OrderID: "23501"}})
			if err == nil || errors.Is(err, ErrBroken) {
				t.Errorf("the outcome gives %v", err)
			}
			wantStates(t, j, b, Queued, Queued)
		})
	}
}

// TestOldBatchesStayInTheBooks: drafts that were left behind are thrown away after a day, batches never.
func TestOldBatchesStayInTheBooks(t *testing.T) {
	j, b := books(t, time.Now().Add(-1000*time.Hour), "a", "b")
	if _, err := j.Draft(Batch{Panel: "p", Created: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Batch(t.Context(), "a"); err != nil {
		t.Error(err)
	}
	wantStates(t, j, b, Queued, Queued)
}

// TestANewRowIsNotTakenForOneThatLeft: the attempts of a row that left the sheet aren't those of the row that
// came after it.
func TestANewRowIsNotTakenForOneThatLeft(t *testing.T) {
	j, b := books(t, time.Now(), "a", "b")
	if err := j.Intend(b, 2, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := <-j.Conclude(b, Outcome{Seq: 2, State: Queued}); err != nil {
		t.Fatal(err)
	}
	b = edit(t, j, time.Now(), "c", "a") // the new row stands before the old one
	queued, err := j.Queued(t.Context(), b, "p", 0, 10)
	if err != nil || len(queued) != 2 {
		t.Fatalf("%d rows are queued: %v", len(queued), err)
	}
	for _, e := range queued {
		if attempts, err := j.Attempts(t.Context(), b, e.Seq); err != nil || len(attempts) != 0 {
			t.Errorf("row %d was never sent and has %d attempts: %v", e.Line, len(attempts), err)
		}
		if err := j.Intend(b, e.Seq, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := <-j.Conclude(b, Outcome{Seq: e.Seq, State: Refused}); err != nil {
			t.Error(err)
		}
	}
}
