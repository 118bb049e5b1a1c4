//go:build unix

package stories_test

import (
	"bulkorder/samples/sandbox"
	"testing"
)

// TestTwoRowsWereGivenOneNumber: ids that are numbers are compared as numbers.
func TestTwoRowsWereGivenOneNumber(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, `add:body={"order":"023502"}:after:n=1`)
	w.write("orders.csv", followers("page", 5))
	code, r := w.result("run", "orders.csv", "--yes", "--rate", "100/s", "--concurrency", "1")
	if code != 6 || r.Rows.InDoubt != 1 || r.Rows.Queued == 0 {
		t.Errorf("exit %d, %+v: the second order is 23502, as is the first", code, r.Rows)
	}
}
