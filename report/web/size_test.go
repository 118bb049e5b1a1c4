package web

import (
	"fmt"
	"strings"
	"testing"
)

// TestAPageOfWrongRowsIsSmall: each of them has cells to be edited, and the page still comes at once; a person stays on it
// after an edit.
func TestAPageOfWrongRowsIsSmall(t *testing.T) {
	v := newVisit(t)
	var lines []string
	for n := range 200 {
		lines = append(lines, fmt.Sprintf("1,%s%d,%s", link, n, []string{"5", "1k", "many", ""}[n%4]))
	}
	sheet, _ := v.upload("a.csv", sheetOf(lines...))
	_, text := v.get(sheet + "/review?only=invalid")
	if got := rows(text); len(got) != 100 {
		t.Fatalf("%d rows", len(got))
	}
	if len(text) > 100_000 {
		t.Errorf("%d bytes", len(text))
	}
	wants(t, text, "1k", "many", "1 to 100 of 200", `/row?only=invalid&amp;"`)
	if strings.Contains(text, "--accept-k") {
		t.Error("it speaks of the command line")
	}
	said := form(text, "Judge row 3")
	said.Set("cell C", "500")
	_, text = v.post(sheet+"/row?only=invalid&from=0", said)
	wants(t, text, "1 to 100 of 199", "Will be ordered 1<")
}
