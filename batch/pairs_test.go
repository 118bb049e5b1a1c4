package batch_test

import (
	"fmt"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestFaultsInPairs lets two requests of a small batch fail, each in every way and in both forms: nothing was
// ordered, or it was and is told as failed. Each pair is tried once, in an order that alternates. Then the batch is
// resumed until nothing is left to send, and its doubts are settled; after each step ledger and books are compared
// whole.
func TestFaultsInPairs(t *testing.T) {
	var faults []string
	for _, kind := range []string{"closed", "reset", "head", "cut", "cutdigits", "empty", "null", "html", "body=[]",
		"403", "408", "500", "503", "307", "both", "doubled",
		"error=Nobody knows", "error=Provider timeout"} {
		faults = append(faults, kind+":before", kind+":after")
	}
	// These say that nothing was ordered, and are believed.
	for _, kind := range []string{"error=Incorrect link", "error=Not enough funds", "error=Invalid API key"} {
		faults = append(faults, kind+":before")
	}
	pairs := 0
	for i, first := range faults {
		t.Run(first, func(t *testing.T) {
			t.Parallel()
			for j, second := range faults[i:] {
				if testing.Short() && j%8 != 0 {
					continue
				}
				early, late := first, second
				if j%2 == 1 {
					early, late = second, first
				}
				tryPair(t, "add:"+early+":n=2", "add:"+late+":n=4", []int{1, 2, 4}[(i+j)%3])
			}
		})
		pairs += len(faults[i:])
	}
	t.Logf("%d pairs", pairs)
}

func tryPair(t *testing.T, first, second string, workers int) {
	t.Helper()
	const n = 6
	name := fmt.Sprintf("%s, then %s, %d workers", first, second, workers)
	w := newWorld(t, sandbox.Config{Speed: -1}, first, second)
	w.job.Concurrency, w.job.Late = workers, time.Millisecond
	out := w.run(mixed(n, 7))
	for range 4 {
		if out.Totals.States[journal.Queued] == 0 {
			break
		}
		out = w.resume(out.Batch)
	}
	left := out.Totals.States
	if left[journal.Queued]+left[journal.Sending]+left[journal.Invalid] > 0 || out.Totals.Rows != n {
		t.Errorf("%s: %v", name, left)
	}
	if left[journal.InDoubt] > 2 || left[journal.Refused] > 2 {
		t.Errorf("%s: more rows suffered than requests: %v", name, left)
	}
	if _, err := w.settler(out.Batch).Settle(t.Context()); err != nil {
		t.Errorf("%s: settling: %v", name, err)
	}
	w.audit(out.Batch)
	for range 2 {
		out = w.resume(out.Batch) // settling may prove that rows weren't ordered
	}
	before := len(w.sandbox.Ledger())
	end, err := (&batch.Submitter{Journal: w.journal, Batch: out.Batch, Panel: w.job.Panel,
		Pace: batch.NewPace(w.job.Rate), Concurrency: 1, Late: w.job.Late}).Run(
		t.Context(),
	)
	if err != nil || end.Sent != 0 || len(w.sandbox.Ledger()) != before {
		t.Errorf("%s: a finished batch sent %d requests: %v", name, end.Sent, err)
	}
	if t.Failed() {
		t.Logf("failed in: %s", name)
		t.FailNow()
	}
}
