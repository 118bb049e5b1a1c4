package batch_test

import (
	"fmt"
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

// TestAColumnStateThatIsAPlaceIsNoStateOfOurs: a person's own column of that name skips no row. Where a word of it is
// that of a state of orders, all of it may be, and what it says of each row is asked about.
func TestAColumnStateThatIsAPlaceIsNoStateOfOurs(t *testing.T) {
	for words, want := range map[[2]string]map[journal.State]int{
		{"Texas", "Ohio"}:  {journal.Placed: 2},
		{"placed", "Ohio"}: {journal.Held: 2},
	} {
		w := newWorld(t, sandbox.Config{})
		out := w.run(fmt.Sprintf("State,service,link,quantity\n%s,1,https://example.com/2,100\n"+
			"%s,1,https://example.com/3,100\n", words[0], words[1]))
		w.want(out, batch.Done, want)
	}
}
