package book

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/report/reporttest"
)

// TestTheMoneyOfSeveralPanels: each has its own block, and amounts in several currencies are nowhere added up.
func TestTheMoneyOfSeveralPanels(t *testing.T) {
	for _, currency := range []string{"USD", "TRY"} {
		d := reporttest.TwoPanels(t, currency)
		var file bytes.Buffer
		reporttest.Must(t, results(d, d.Batch).writeWorkbook(t.Context(), &file))
		f, err := excelize.OpenReader(&file)
		reporttest.Must(t, err)
		defer f.Close()
		rows, err := f.GetRows(sheetSummary, excelize.Options{RawCellValue: true})
		reporttest.Must(t, err)
		var cells []string
		for _, row := range rows {
			cells = append(cells, row...)
		}
		all := " " + strings.Join(cells, " | ") + " "
		if !strings.Contains(all, "Money on second, in "+currency) || !strings.Contains(all, "second: Followers") ||
			strings.Contains(all, "| 5 ") != (currency == "USD") {
			t.Errorf("%s: %s", currency, all)
		}
	}
}
