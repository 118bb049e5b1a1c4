package batch_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestAPausedAccountGetsNoMoreOrders: another process pauses the account in the middle of a run; what is under way is
// finished, and once it may go on nothing is missing and nothing doubled.
func TestAPausedAccountGetsNoMoreOrders(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"})
	w.meanwhile(func(b journal.Batch) error {
		return w.journal.Pause(b.AccountOn(b.Panel), "olga", time.Now())
	})
	out := w.run(rows(8))
	w.want(out, batch.Paused, map[journal.State]int{journal.Placed: 2, journal.Queued: 6})
	if words := out.End.Words; !strings.Contains(words, "olga paused") || !strings.Contains(words, "go-on") {
		t.Errorf("it says %q", words)
	}
	w.want(w.resume(out.Batch), batch.Paused, map[journal.State]int{journal.Placed: 2, journal.Queued: 6})
	if err := w.journal.GoOn(out.Batch.AccountOn(out.Batch.Panel)); err != nil {
		t.Fatal(err)
	}
	w.want(w.resume(out.Batch), batch.Done, map[journal.State]int{journal.Placed: 8})
}

// TestAPauseOutlivesThatAccountsAreFoundToBeOne: the account that stays is paused where either was.
func TestAPauseOutlivesThatAccountsAreFoundToBeOne(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"})
	b := w.run(rows(2)).Batch
	older := b.AccountOn(b.Panel)
	newer, err := w.journal.OpenAccount(t.Context(), "https://elsewhere.example/api/v2", "elsewhere", "another key")
	if err != nil {
		t.Fatal(err)
	}
	pause := w.journal.Pause(newer.N, "olga", time.Now())
	same, err := w.journal.Same(newer.N, older)
	paused, told := w.journal.Pauses(t.Context())
	if err := errors.Join(pause, err, told); err != nil {
		t.Fatal(err)
	}
	if !same || len(paused) != 1 || paused[0].Account != older || paused[0].By != "olga" {
		t.Errorf("one: %v, paused: %+v", same, paused)
	}
}
