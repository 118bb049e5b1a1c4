package report

import (
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// PanelResult is what a batch of several panels came to on one of them.
type PanelResult struct {
	Panel         string              `json:"panel"`
	Valid         int                 `json:"valid"` // rows that passed the check
	Placed        int                 `json:"placed"`
	Estimated     decimal.Decimal     `json:"estimated"`
	Charged       decimal.Decimal     `json:"charged"`
	Currency      string              `json:"currency"`
	BalanceBefore decimal.NullDecimal `json:"balance_before"` // null: not known
	BalanceAfter  decimal.NullDecimal `json:"balance_after"`
}

// panelResults tells a batch of several panels panel by panel; nil where it has one.
func panelResults(b journal.Batch, t journal.Totals) []PanelResult {
	if len(b.Others) == 0 {
		return nil
	}
	sums := map[string]journal.ServiceTotal{}
	for _, s := range t.ByPanel() {
		sums[s.Panel] = s
	}
	var all []PanelResult
	for _, a := range b.Accounts() {
		s := sums[a.Panel]
		all = append(
			all,
			PanelResult{Panel: a.Panel, Valid: s.Rows, Placed: s.Placed, Estimated: s.Estimated, Charged: s.Charged,
				Currency: a.Currency, BalanceBefore: a.BalanceBefore, BalanceAfter: a.BalanceAfter},
		)
	}
	return all
}

// panelNames names the panels of a batch, its own one first.
func panelNames(b journal.Batch) string {
	var names []string
	for _, a := range b.Accounts() {
		names = append(names, a.Panel)
	}
	return strings.Join(names, ", ")
}

// across is a sum over the rows of all panels; there is none of amounts in several currencies.
func (w *workbook) across(d decimal.Decimal) any {
	if !w.book.Batch.OneCurrency() {
		return nil
	}
	return sum(d)
}

// writePanels writes the money of each panel, and gives the row after the block.
func (w *workbook) writePanels(p *pad, row int, r Result) int {
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

// panels prints the money of each panel of a batch that has several.
func (t Terminal) panels(all []PanelResult) {
	if len(all) == 0 {
		return
	}
	var rows [][]string
	for _, p := range all {
		var balances [2]string
		for i, balance := range []decimal.NullDecimal{p.BalanceBefore, p.BalanceAfter} {
			if balance.Valid {
				balances[i] = amount(balance.Decimal, "")
			}
		}
		rows = append(
			rows,
			[]string{
				p.Panel,
				count(p.Valid),
				count(p.Placed),
				amount(p.Estimated, ""),
				amount(p.Charged, ""),
				balances[0],
				balances[1],
				parse.Escape(p.Currency),
			},
		)
	}
	t.heading("Spend by panel")
	t.Table([]string{"Panel", "Rows", "Placed", "Estimated", "Charged", "Balance before", "after", ""}, rows)
}
