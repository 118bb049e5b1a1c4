package batch_test

import (
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestTheRowsOfAResultsWorkbookThatMayBeOrderedAreSkipped, whatever became of their ids.
func TestTheRowsOfAResultsWorkbookThatMayBeOrderedAreSkipped(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	out := w.run("State,service,link,quantity,Order ID\n" +
		"placed,1,https://example.com/2,100,23501\n" +
		"placed,1,https://example.com/3,100,\n" + // one of a set
		"in_doubt,1,https://example.com/4,100,\n" +
		"skipped,1,https://example.com/5,100,\n" +
		"held,1,https://example.com/6,100,\n" +
		",1,https://example.com/7,100,\n")
	w.want(out, batch.Done, map[journal.State]int{journal.Skipped: 4, journal.Placed: 2})
	if n := len(w.sandbox.Ledger()); n != 2 {
		t.Errorf("%d orders, want 2", n)
	}
}

// TestAColumnStateThatIsAPlaceIsNoStateOfOurs: a person's own column of that name skips no row. What may say that a row
// is done is asked about.
func TestAColumnStateThatIsAPlaceIsNoStateOfOurs(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	out := w.run("State,service,link,quantity\nplaced,1,https://example.com/2,100\nOhio,1,https://example.com/3,100\n")
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 1, journal.Held: 1})
}
