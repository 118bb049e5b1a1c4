package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTheDatabaseItselfKeepsWhatWasOrdered, whatever statement forgets to look.
func TestTheDatabaseItselfKeepsWhatWasOrdered(t *testing.T) {
	for _, statement := range []string{
		"DELETE FROM rows WHERE seq = 1",
		"DELETE FROM rows WHERE seq = 2",
		"DELETE FROM batches",
		"UPDATE rows SET state = 'queued' WHERE seq = 1",
		"UPDATE rows SET order_id = '23999' WHERE seq = 1",
		"UPDATE rows SET order_id = NULL WHERE seq = 1",
		"UPDATE rows SET order_id = NULL, candidate = order_id, state = 'in_doubt' WHERE seq = 1",
		"UPDATE rows SET order_id = NULL, candidate = '7', state = 'in_doubt', silence = 'no' WHERE seq = 1",
	} {
		j, err := OpenNew(t)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { j.Close() }) // what the database refused broke it
		b := edit(t, j, time.Now(), "a", "b")
		for seq, state := range map[int64]State{1: Placed, 2: InDoubt} {
			if err := j.Intend(b, seq, time.Now()); err != nil {
				t.Fatal(err)
			}
			if err := <-j.Conclude(b, Outcome{Seq: seq, State: state, Attempt: Attempt{OrderID: "23501"}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := change(j, statement); err == nil {
			t.Errorf("%s is done", statement)
		}
	}
}

// change does a statement that no method does.
func change(j *Journal, statement string) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, statement)
		return err
	})
}

// likes admits two batches of one row each that are the same order: the first without a word, the second by a
// person's word.
func likes(t *testing.T, one, two Identity) (j *Journal, first, second Batch) {
	t.Helper()
	j, err := OpenNew(t)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	if _, err := j.OpenAccount(t.Context(), "https://p.example/api", "p", "key"); err != nil {
		t.Fatal(err)
	}
	admit := func(id string, row Identity, r Repeats) Batch {
		d, err := j.Draft(Batch{Panel: "p", Created: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		row.Nth = 1
		err = d.Add(Entry{Line: 2, Panel: "p", Account: 1, Key: id, Identity: row, State: Queued})
		if err == nil {
			err = d.Finish(Reading{})
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := d.Admit(t.Context(), id, r)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	return j, admit("one", one, Repeats{}), admit("two", two, Repeats{Allow: true})
}

const months = 60 * 24 * time.Hour

// TestADoubtCountsUntilItIsDecided: an order is forgotten after thirty days, a doubt never.
func TestADoubtCountsUntilItIsDecided(t *testing.T) {
	for state, sent := range map[State]bool{InDoubt: false, Placed: true} {
		j, first, second := likes(t, Identity{Content: "c"}, Identity{Content: "c"})
		if err := j.Intend(second, 1, time.Now().Add(-months)); err != nil {
			t.Fatal(err)
		}
		if err := <-j.Conclude(second, Outcome{Seq: 1, State: state, Attempt: Attempt{OrderID: "23501"}}); err != nil {
			t.Fatal(err)
		}
		err := j.Intend(first, 1, time.Now())
		want := Held
		if sent {
			want = Sending
		}
		wantStates(t, j, first, want)
		if sent != (err == nil) {
			t.Errorf("after one that is %s: %v", state, err)
		}
	}
	if (Repeats{Since: time.Now().Add(-months / 2)}).minds(Earlier{State: Placed, SentAt: time.Now().Add(-months)}) {
		t.Error("an order of two months ago is a repeat")
	}
	if !(Repeats{Since: time.Now().Add(-months / 2)}).minds(Earlier{State: InDoubt, SentAt: time.Now().Add(-months)}) {
		t.Error("a doubt of two months ago is no repeat")
	}
}

// TestARefIsOrderedOnceWhateverWasSaidBefore: the books look for it when the row is about to leave.
func TestARefIsOrderedOnceWhateverWasSaidBefore(t *testing.T) {
	for _, state := range []State{InDoubt, Placed} {
		j, first, second := likes(t, Identity{Ref: "a", Content: "c"}, Identity{Ref: "b", Content: "d"})
		if err := change(j, "UPDATE rows SET ref = 'a'"); err != nil {
			t.Fatal(err)
		}
		if err := j.Intend(second, 1, time.Now().Add(-10*months)); err != nil {
			t.Fatal(err)
		}
		if err := <-j.Conclude(second, Outcome{Seq: 1, State: state, Attempt: Attempt{OrderID: "23501"}}); err != nil {
			t.Fatal(err)
		}
		if err := j.Intend(first, 1, time.Now()); err == nil {
			t.Errorf("a Ref that is %s leaves again", state)
		}
		wantStates(t, j, first, Held)
	}
}

// TestAnAnswerOfAProcessThatLostTheRowChangesNothing: another process has sent the row since.
func TestAnAnswerOfAProcessThatLostTheRowChangesNothing(t *testing.T) {
	path := Place(t)
	lost, err := OpenAt(t.Context(), t, path)
	if err != nil {
		t.Fatal(err)
	}
	defer lost.Close()
	other, err := OpenAt(t.Context(), t, path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	b := edit(t, lost, time.Now(), "a")
	steps := []func() error{
		func() error { return lost.Intend(b, 1, time.Now()) },
		func() error { _, err := other.Recover(b); return err },
		func() error { return other.Decide(b, 1, Decision{How: Forced, State: Queued}) },
		func() error { return other.Intend(b, 1, time.Now()) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	err = <-lost.Conclude(b, Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "23501"}})
	if !errors.Is(err, ErrTooLate) {
		t.Errorf("the late answer gives %v", err)
	}
	wantStates(t, other, b, Sending)
	if err := <-other.Conclude(b, Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "23502"}}); err != nil {
		t.Errorf("the answer of who sent it last: %v", err)
	}
	wantStates(t, other, b, Placed)
}

// TestALateAnswerTakesNoOtherRequestsPlace: whatever a process tells of a row that it lost, what the others did of it
// stands in the books too, and they go on.
func TestALateAnswerTakesNoOtherRequestsPlace(t *testing.T) {
	path := Place(t)
	lost, err := OpenAt(t.Context(), t, path)
	if err != nil {
		t.Fatal(err)
	}
	defer lost.Close()
	other := reopened(t, lost)
	b := edit(t, lost, time.Now(), "a")
	again := Outcome{Seq: 1, State: Queued, Attempt: Attempt{Verdict: "slow down"}}
	steps := []func() error{
		func() error { return lost.Intend(b, 1, time.Now()) },
		func() error { _, err := other.Recover(b); return err },
		func() error { return other.Decide(b, 1, Decision{How: Forced, State: Queued}) },
		func() error { return other.Intend(b, 1, time.Now()) },
		func() error {
			o := Outcome{Seq: 1, State: Placed, Attempt: Attempt{OrderID: "23501", Verdict: "placed"}}
			if err := <-lost.Conclude(b, o); !errors.Is(err, ErrTooLate) {
				return fmt.Errorf("the late answer gives %v", err)
			}
			return nil
		},
		func() error { return <-other.Conclude(b, again) },
		func() error { return other.Intend(b, 1, time.Now()) },
		func() error { return <-other.Conclude(b, again) },
		func() error { return other.Intend(b, 1, time.Now()) },
		func() error { _, err := other.Recover(b); return err },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
	}
	wantStates(t, other, b, InDoubt)
	all, err := other.Attempts(t.Context(), b, 1)
	if err != nil {
		t.Fatal(err)
	}
	var verdicts []string
	for _, a := range all {
		verdicts = append(verdicts, a.Verdict)
	}
	want := []string{"interrupted", "slow down", "placed", "slow down", "interrupted"}
	if diff := cmp.Diff(want, verdicts); diff != "" {
		t.Errorf("what the books tell of its requests:\n%s", diff)
	}
}

// TestAMarkTellsThatTheBooksAreAnOldCopy: nothing else in them could.
func TestAMarkTellsThatTheBooksAreAnOldCopy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	open := func() *Journal {
		j, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		return j
	}
	j := open()
	b := edit(t, j, time.Now(), "a", "b")
	if err := errors.Join(j.Close()); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	j = open()
	if err := errors.Join(j.Intend(b, 1, time.Now()), j.Close()); err != nil {
		t.Fatal(err)
	}
	if j = open(); j.Behind() != nil {
		t.Errorf("the newest books: %v", j.Behind())
	}
	j.Close()
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	j = open()
	defer j.Close()
	if j.Behind() == nil || j.SyncMark() == nil {
		t.Error("an old copy is taken for the newest")
	}
}

// TestASecondDecisionStandsBesideTheFirst: a row was queued again, is in doubt again, and is decided again.
func TestASecondDecisionStandsBesideTheFirst(t *testing.T) {
	j, b := books(t, time.Now(), "a")
	for _, how := range []How{Forced, Inferred} {
		if err := j.Intend(b, 1, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := <-j.Conclude(b, Outcome{Seq: 1, State: InDoubt}); err != nil {
			t.Fatal(err)
		}
		if err := j.Decide(b, 1, Decision{At: time.Now(), How: how, State: Queued, Reason: string(how)}); err != nil {
			t.Fatal(err)
		}
	}
	decisions, err := j.Decisions(t.Context(), b, 1)
	if err != nil || len(decisions) != 2 || decisions[0].How != Forced || decisions[1].How != Inferred {
		t.Errorf("decided %+v: %v", decisions, err)
	}
}

// TestBooksThatAnotherProcessWritesAreTheNewest: what it commits while they are opened makes no copy of them.
func TestBooksThatAnotherProcessWritesAreTheNewest(t *testing.T) {
	AboutAFile(t)
	j, b := books(t, time.Now(), "a", "b")
	read := func() (bookState, error) {
		var state bookState
		err := j.read.QueryRow("SELECT id, revision, 1 FROM book").Scan(&state.id, &state.revision, &state.hasSent)
		if seq := state.revision%2 + 1; err == nil {
			err = errors.Join(j.Intend(b, seq, time.Now()), <-j.Conclude(b, Outcome{Seq: seq, State: Queued}))
		}
		return state, err
	}
	for range 2 {
		m, err := openMark(j.Path, read)
		if err != nil {
			t.Fatal(err)
		}
		if behind := m.behind.Load(); behind != nil {
			t.Error(behind)
		}
		m.close()
	}
}

// TestNoWordCoversARefOfTheSameAccount: on another account it needs one.
func TestNoWordCoversARefOfTheSameAccount(t *testing.T) {
	for _, c := range []struct {
		by      Repeats
		earlier Earlier
		covers  bool
	}{
		{Repeats{Allow: true}, Earlier{}, true},
		{Repeats{Allow: true}, Earlier{SameRef: true}, false},
		{Repeats{Allow: true}, Earlier{SameRef: true, Elsewhere: true}, true},
		{Repeats{Under: "print"}, Earlier{Fingerprint: "print", SameRef: true}, false},
		{Repeats{Under: "print"}, Earlier{Fingerprint: "print"}, true},
		{Repeats{Under: "print"}, Earlier{Fingerprint: "other"}, false},
		{Repeats{}, Earlier{}, false},
	} {
		if c.by.covers(c.earlier) != c.covers {
			t.Errorf("%+v covers %+v: want %v", c.by, c.earlier, c.covers)
		}
	}
}
