package book

import (
	"github.com/shopspring/decimal"

	"bulkorder/report"
)

// across is a sum over the rows of all panels; there is none of amounts in several currencies.
func (w *workbook) across(d decimal.Decimal) any {
	if !w.book.Batch.OneCurrency() {
		return nil
	}
	return sum(d)
}

// writePanels writes the money of each panel, and gives the row after the block.
func (w *workbook) writePanels(p *pad, row int, r report.Result) int {
	for _, panel := range r.Panels {
		title := "Money on " + panel.Panel
		if panel.Currency != "" {
			title += ", in " + panel.Currency
		}
		p.put(factsAt, row, w.styles.section, fit(title))
		amounts := []struct {
			label string
			value decimal.NullDecimal
		}{{"Estimated", decimal.NewNullDecimal(panel.Estimated)}, {"Charged so far", decimal.NewNullDecimal(panel.Charged)},
			{"Balance before", panel.BalanceBefore}, {"Balance after", panel.BalanceAfter}}
		for _, a := range amounts {
			if a.value.Valid {
				row++
				p.line(factsAt, row, []int{w.styles.label, w.styles.money}, a.label, sum(a.value.Decimal))
			}
		}
		row += 2
	}
	return row
}
