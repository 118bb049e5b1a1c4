package stories_test

import (
	"bulkorder/samples/sandbox"
	"fmt"
	"strings"
	"testing"
)

// TestTwoRowsWithRefsOfTheirOwnAreTwoOrders: whatever they hold, in one sheet and in two.
func TestTwoRowsWithRefsOfTheirOwnAreTwoOrders(t *testing.T) {
	w := newShop(t, sandbox.Config{Speed: -1})
	link := page("page", 1)
	w.write("one.csv", refSheet(100, []string{"a", "b"}, []string{link, link}))
	w.ok(0, "run", "one.csv", "--yes", "--rate", "100/s")
	w.write("two.csv", refSheet(100, []string{"c"}, []string{link}))
	w.ok(0, "run", "two.csv", "--yes", "--rate", "100/s")
	if n := w.counts()[link]; n != 3 {
		t.Errorf("%d orders for three Refs", n)
	}
}

// refSheet writes rows with Refs; an empty list has no such column.
func refSheet(quantity int, refs []string, links []string) string {
	var b strings.Builder
	if b.WriteString("service,link,quantity"); refs != nil {
		b.WriteString(",ref")
	}
	for i, link := range links {
		fmt.Fprintf(&b, "\n1,%s,%d", link, quantity)
		if refs != nil {
			b.WriteString("," + refs[i])
		}
	}
	return b.String() + "\n"
}
