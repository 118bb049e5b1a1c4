package batch_test

import (
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
	"bulkorder/samples/sandbox"
)

// TestAWaitIsTold: who watches a run sees what it waits for, and until when.
func TestAWaitIsTold(t *testing.T) {
	for fault, want := range map[string]struct {
		words string
		least time.Duration // of the wait that is told
	}{
		"add:error=You have active order with this link. Please wait until order being completed.:before:n=2": {
			"for late orders: a row that was turned away may be ordered", settle.LateCommit - 10*time.Second},
		"add:429:retry=20:n=2": {"since the panel asked to slow down, or couldn't be reached", 15 * time.Second},
	} {
		timeless(t, sandbox.Config{Balance: "100"}, nil, []string{fault}, func(t *testing.T, w *world) {
			w.job.Concurrency = 1
			var waits batch.Waits
			told, longest := 0, time.Duration(0)
			w.job.Progress = func(p batch.Progress) {
				if p.Waits.For == want.words {
					told++
					waits, longest = p.Waits, max(longest, time.Until(p.Waits.Until))
				} else if p.Waits.For != "" {
					t.Errorf("it waits %s", p.Waits.For)
				}
			}
			w.want(w.run(rows(4)), batch.Done, map[journal.State]int{journal.Placed: 4})
			if longest < want.least || told < int(longest.Seconds()) {
				t.Errorf("%s: told %d times, of %s at most, the last %v", fault, told, longest, waits)
			}
		})
	}
}
