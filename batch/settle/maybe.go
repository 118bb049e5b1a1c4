package settle

import (
	"slices"

	"bulkorder/batch/journal"
)

// mayBe gives the orders that a person may compare with a row that stays in doubt: those that fit it first.
func (m *matching) mayBe(i int) (all []journal.MayBe) {
	orders := slices.Clone(m.can[i])
	for _, j := range m.here(i) {
		if !slices.Contains(orders, j) {
			orders = append(orders, j)
		}
	}
	for _, j := range orders[:min(len(orders), mostOrders)] {
		o := m.orders[j]
		one := journal.MayBe{Order: o.name(), Status: o.status.Status, Seen: o.seen.At, Fits: slices.Contains(m.can[i], j)}
		if o.status.Charge.Valid {
			one.Charge = o.status.Charge.Decimal.String()
		}
		all = append(all, one)
	}
	return all
}

// leftWords is at most what left the balance that no order of ours explains; empty: it isn't known.
func (m *matching) leftWords() string {
	if !m.left.Valid {
		return ""
	}
	return m.left.Decimal.String()
}
