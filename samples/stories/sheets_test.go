package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestDoubtfulSheets: what reaches the panel is what the sheet surely says, and nothing where it may say two things.
func TestDoubtfulSheets(t *testing.T) {
	t.Parallel()
	const a, b = "https://example.com/a", "https://example.com/b"
	for _, tt := range []struct {
		name, content string
		code          int
		ordered       string // link and quantity of each order
		says          string
	}{
		{"a comma that may part hundreds", "service;link;quantity\n1;" + a + ";15,00\n", 3, "", "15,00 may be 15 or 1500"},
		{"a point behind which no fraction can be ordered", "service;link;quantity\n1;" + a + ";1.500\n", 0, a + " 1500", ""},
		{"a point that the column settles", "service;link;quantity\n1;" + a + ";1.500\n1;" + b + ";500,00\n", 0, a +
			" 1500, " + b + " 500", ""},
		{"a column that contradicts itself", "service;link;quantity\n1;" + a + ";1.000.000\n1;" + b + ";1,000,000\n1;" + b +
			";500\n", 4, b + " 500", "has commas or points"},
		{"letters that are not sent", "service,link,quantity,client\n1," + a + ",100,M\xfcller\n", 0, a + " 100",
			"not in UTF-8"},
		{"letters that are sent", "service,link,quantity\n1," + a + "/M\xfcller,100\n", 3, "", "--encoding"},
		{"a formula in place of a link", "service,link,quantity\n1,=B1,100\n1," + a + ",100\n", 4, a + " 100",
			"is a formula in place of its value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{})
			w.write("orders.csv", tt.content)
			code, out, errs := w.call("run", "orders.csv", "--yes")
			var ordered []string
			for _, o := range w.sandbox.Ledger() {
				ordered = append(ordered, fmt.Sprint(o.Fields["link"], " ", o.Fields["quantity"]))
			}
			slices.Sort(ordered) // two are sent at a time
			if code != tt.code || !strings.Contains(out+errs, tt.says) {
				t.Errorf("exit %d, want %d and a word about %q:\n%s%s", code, tt.code, tt.says, out, errs)
			}
			if got := strings.Join(ordered, ", "); got != tt.ordered {
				t.Errorf("ordered %q, want %q", got, tt.ordered)
			}
		})
	}
}
