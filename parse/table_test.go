package parse

import (
	"strings"
	"testing"
)

// TestASheetOfManyTables is read up to a limit, as each table is looked for from the top.
func TestASheetOfManyTables(t *testing.T) {
	const two = "service,link,quantity\n1,https://x.com/a,5\nlink,service,quantity\nhttps://x.com/b,1,5\n"
	got := read(t, "f.csv", strings.Repeat(two, mostTables/2), Options{})
	if got.err != nil || len(got.rows) != mostTables {
		t.Fatalf("%d rows, %v", len(got.rows), got.err)
	}
	for _, row := range got.rows {
		if row.Fields.Service != "1" || !strings.HasPrefix(row.Fields.Link, "https://") || row.Fields.Quantity != "5" {
			t.Errorf("row %d: %+v", row.Number, row.Fields)
		}
	}
	got = read(t, "f.csv", strings.Repeat(two, mostTables/2+1), Options{})
	if got.err == nil || !strings.Contains(got.err.Error(), "more than 50 tables") {
		t.Errorf("%d rows, %v", len(got.rows), got.err)
	}
}
