package report

import (
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
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

// PanelNames names the panels of a batch, its own one first.
func PanelNames(b journal.Batch) string {
	var names []string
	for _, a := range b.Accounts() {
		names = append(names, a.Panel)
	}
	return strings.Join(names, ", ")
}
