package terminal

import (
	"bytes"
	"strings"
	"testing"

	"bulkorder/report"
	"bulkorder/report/reporttest"
)

// TestSeveralPanels: each has its money, and amounts in several currencies are nowhere added up.
func TestSeveralPanels(t *testing.T) {
	for _, currency := range []string{"USD", "TRY"} {
		d := reporttest.TwoPanels(t, currency)
		r := report.NewResult(d.Batch, d.Totals())
		one := currency == "USD"
		if r.Panel != "sandbox, second" || len(r.Panels) != 2 || r.Panels[1].Estimated.String() != "3" ||
			r.Money.Estimated.Valid != one ||
			r.Next != "bulkorder resume b1" {
			t.Errorf("%s: %+v", currency, r)
		}
		var text bytes.Buffer
		Screen{Out: &text}.Finished(r)
		if !strings.Contains(text.String(), "Spend by panel") || strings.Contains(text.String(), "5.00") != one {
			t.Errorf("%s:\n%s", currency, text.String())
		}
	}
}
