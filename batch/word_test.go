package batch_test

import (
	"testing"

	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestAWordCoversNoOrderThatCameAfterIt: rows that were only to be sent elsewhere when a person allowed repeats are
// ordered there, and not again here.
func TestAWordCoversNoOrderThatCameAfterIt(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.job.Name, w.job.Limit = "a", 2
	a := w.run(rows(6)).Batch // two are ordered, four wait
	w.job.Name, w.job.Limit, w.job.AllowRepeat = "b", 3, true
	b := w.run(rows(6)).Batch // three more, two of which repeat what was ordered
	if n := len(w.sandbox.Ledger()); n != 5 {
		t.Fatalf("%d orders", n)
	}
	w.job.Name, w.job.Limit, w.job.AllowRepeat = "", 0, false
	if states := w.resume(a).Totals.States; states[journal.Placed] != 5 || states[journal.Held] != 1 {
		t.Errorf("what b ordered of a's rows is held: %v", states)
	}
	if states := w.resume(b).Totals.States; states[journal.Placed] != 3 || states[journal.Held] != 3 {
		t.Errorf("what a ordered since is held: %v", states)
	}
	if n := len(w.sandbox.Ledger()); n != 8 {
		t.Errorf("%d orders", n)
	}
}
