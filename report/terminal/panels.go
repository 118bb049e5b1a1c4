package terminal

import (
	"github.com/shopspring/decimal"

	"bulkorder/parse"
	"bulkorder/report"
)

// panels prints the money of each panel of a batch that has several.
func (t Screen) panels(all []report.PanelResult) {
	if len(all) == 0 {
		return
	}
	var rows [][]string
	for _, p := range all {
		var balances [2]string
		for i, balance := range []decimal.NullDecimal{p.BalanceBefore, p.BalanceAfter} {
			if balance.Valid {
				balances[i] = report.Amount(balance.Decimal, "")
			}
		}
		rows = append(rows, []string{p.Panel, report.Count(p.Valid), report.Count(p.Placed), report.Amount(p.Estimated, ""),
			report.Amount(p.Charged, ""), balances[0], balances[1], parse.Escape(p.Currency)})
	}
	t.heading("Spend by panel")
	t.Table([]string{"Panel", "Rows", "Placed", "Estimated", "Charged", "Balance before", "after", ""}, rows)
}
