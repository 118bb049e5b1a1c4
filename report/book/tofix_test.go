package book

import (
	"slices"
	"strings"
	"testing"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// TestARowToFixKeepsWhatItIsWarnedOf: a struck row that is also wrong isn't ordered without a word once it is
// corrected.
func TestARowToFixKeepsWhatItIsWarnedOf(t *testing.T) {
	d := reporttest.NewSample(t, "Service", "Link", "Quantity", "Status")
	d.Row(journal.Entry{Cells: []string{"101", "https://instagram.com/anna", "5", "done"}, Service: "101",
		State: journal.Invalid, Problems: []parse.Problem{
			{Rule: "quantity-below-minimum", Column: "C", Found: "5", Wrong: "is too few"},
			{Rule: "struck-through", Column: "B", Found: "https://instagram.com/anna", Wrong: "is struck through",
				Warning: true, Asks: "struck"},
			{Rule: "marked-done", Column: "D", Found: "done", Warning: true, Asks: "done"},
		}})
	path := write(t, results(d, d.Admit(reporttest.Catalogue()...)), "r.xlsx")
	sheet, err := parse.Open(path, parse.Options{Sheet: report.SheetToFix})
	reporttest.Must(t, err)
	defer sheet.Close()
	for row, err := range sheet.Rows() {
		reporttest.Must(t, err)
		if last := row.Cells[len(row.Cells)-1]; row.Cells[3] != "done" || !strings.Contains(last, "is struck through") ||
			!slices.Equal(parse.Asks(row.Problems), []string{"done"}) {
			t.Errorf("%q, %+v", row.Cells, row.Problems)
		}
	}
}
