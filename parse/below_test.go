package parse

import (
	"fmt"
	"strings"
	"testing"
)

// TestAListThatGoesOnInTheRowsBelow: wherever in the sheet it stands, as rows are handed on in batches, the row above
// is warned of.
func TestAListThatGoesOnInTheRowsBelow(t *testing.T) {
	for above := batchRows - 3; above < batchRows+3; above++ {
		sheet := "service,link,comments\n" + strings.Repeat("1,a,fine\n", above) + "2,b,Wow\n,,Yes\n,,On my way\n3,c,Nice\n"
		r := read(t, "f.csv", sheet, Options{})
		if r.err != nil || len(r.rows) != above+4 {
			t.Fatalf("%d rows above: %d rows, %v", above, len(r.rows), r.err)
		}
		var warned []string
		for _, row := range r.rows {
			for _, p := range row.Problems {
				warned = append(warned, fmt.Sprint(row.Fields.Service, " ", p.Rule))
			}
		}
		if got := strings.Join(warned, ", "); got != "2 list-below" {
			t.Errorf("%d rows above: %s", above, got)
		}
	}
}
