package batch_test

import (
	"fmt"
	"os"
	"testing"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/samples/sandbox"
)

// TestFaultsInPairs lets two requests of a small batch fail, in every way and in both forms: nothing was ordered, or it
// was and is told as failed. Each way is tried with one of each kind of ways, in an order that alternates; each with
// each where BULKORDER_PAIRS is all. Then the batch is resumed until nothing is left to send, and its doubts are
// settled; after each step ledger and books are compared whole.
func TestFaultsInPairs(t *testing.T) {
	var kinds [][]string
	for _, kind := range [][]string{{"closed", "reset", "head"}, {"cut", "cutdigits", "empty"}, {"null", "html", "body=[]"},
		{"403", "307"}, {"408", "500", "503"}, {"both", "doubled"}, {"error=Nobody knows", "error=Provider timeout"}} {
		var before, after []string
		for _, way := range kind {
			before, after = append(before, way+":before"), append(after, way+":after")
		}
		kinds = append(kinds, before, after)
	}
	// These say that nothing was ordered, and are believed.
	kinds = append(kinds, []string{
		"error=Incorrect link:before", "error=Not enough funds:before", "error=Invalid API key:before",
	})
	all := os.Getenv("BULKORDER_PAIRS") == "all"
	pairs := 0
	for i, kind := range kinds {
		for m, first := range kind {
			var seconds []string
			for j, others := range kinds[i:] {
				if all {
					seconds = append(seconds, others...)
				} else {
					seconds = append(seconds, others[(m+i+j)%len(others)])
				}
			}
			pairs += len(seconds)
			t.Run(first, func(t *testing.T) {
				t.Parallel()
				for j, second := range seconds {
					early, late := first, second
					if j%2 == 1 {
						early, late = second, first
					}
					tryPair(t, "add:"+early+":n=2", "add:"+late+":n=4", []int{1, 2, 4}[(i+j+m)%3])
				}
			})
		}
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
		Pace: pace.New(w.job.Rate), Concurrency: 1, Late: w.job.Late}).Run(
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
