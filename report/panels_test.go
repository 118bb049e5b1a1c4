package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// TestSeveralPanels: each has its money, and amounts in several currencies are nowhere added up.
func TestSeveralPanels(t *testing.T) {
	for _, currency := range []string{"USD", "TRY"} {
		d := newDesk(t)
		first := order("101", "https://example.com/a", "1000", "2", "")
		first.Panel, first.Key = "sandbox", "first"
		must(t, d.draft.Add(first))
		other := order("101", "https://example.com/b", "1000", "3", "")
		other.Panel, other.Key = "second", "other"
		must(t, d.draft.Add(other))
		service := panel.Service{ID: "101", Name: "Followers", Type: "Default", Min: 1, Max: 10000}
		must(t, d.draft.Finish(journal.Reading{Fingerprint: "print", Worksheet: "Orders",
			Services: []journal.Service{{Panel: "sandbox", Service: service}, {Panel: "second", Service: service}},
			Accounts: []journal.Account{{Panel: "sandbox"}, {Panel: "second", Currency: currency}}}))
		b, err := d.draft.Admit(t.Context(), "b1", journal.Repeats{})
		must(t, err)
		must(t, d.j.Note(b, journal.Run{Currency: "USD"}))
		b, err = d.j.Batch(t.Context(), "b1")
		must(t, err)
		totals, err := d.j.Totals(t.Context(), b)
		must(t, err)
		r := NewResult(b, totals)
		one := currency == "USD"
		if r.Panel != "sandbox, second" || len(r.Panels) != 2 || r.Panels[1].Estimated.String() != "3" ||
			r.Money.Estimated.Valid != one ||
			r.Next != "bulkorder resume b1" {
			t.Errorf("%s: %+v", currency, r)
		}
		var text bytes.Buffer
		Terminal{Out: &text}.Finished(r)
		if !strings.Contains(text.String(), "Spend by panel") || strings.Contains(text.String(), "5.00") != one {
			t.Errorf("%s:\n%s", currency, text.String())
		}
		var file bytes.Buffer
		must(t, Book{Journal: d.j, Batch: b}.writeWorkbook(t.Context(), &file))
		f, err := excelize.OpenReader(&file)
		must(t, err)
		defer f.Close()
		rows, err := f.GetRows(sheetSummary, excelize.Options{RawCellValue: true})
		must(t, err)
		var cells []string
		for _, row := range rows {
			cells = append(cells, row...)
		}
		all := " " + strings.Join(cells, " | ") + " "
		if !strings.Contains(all, "Money on second, in "+currency) || !strings.Contains(all, "second: Followers") ||
			strings.Contains(all, "| 5 ") != one {
			t.Errorf("%s: %s", currency, all)
		}
	}
}
