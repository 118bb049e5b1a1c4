package settle

import (
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// unpaidFor finds the rows whose order isn't their own, or not surely: since they were sent less left the balance that
// no order of ours explains than the orders were charged that were found. A panel may show orders of other accounts.
func (s *Settler) unpaidFor(ctx context.Context, m *matching, p *prover) error {
	m.unpaid = map[string]string{}
	for i := range m.suspects {
		rows, orders := m.members(i)
		if m.certain(i) == "" || rows[0] != i {
			continue // each set once
		}
		from, err := s.Journal.MomentBefore(ctx, s.account(), m.suspects[i].began)
		if errors.Is(err, journal.ErrNoMoment) {
			continue
		}
		if err != nil {
			return err
		}
		gap, err := p.gap(ctx, from, p.now)
		if err != nil {
			return err
		}
		if gap.Why != "" {
			continue
		}
		paid := m.paidSince(from)
		if paid.LessThanOrEqual(mostLeft(gap)) {
			continue
		}
		for _, k := range rows {
			m.unpaid[m.suspects[k].name()] = fmt.Sprintf("%s: the orders that were found since %s cost %s, and %s left the "+
				"balance that no order of ours explains", m.list(orders, "may be of another account",
				"may be of another account, some or all"), from.At.UTC().Format("2006-01-02 15:04 UTC"), paid,
				decimal.Max(gap.Unexplained, decimal.Zero))
		}
	}
	return nil
}

// paidSince is the least that orders were charged that rows have in every explanation which were sent after a moment:
// what those cost that gave nothing back, less what the panel may have rounded what it tells.
func (m *matching) paidSince(from journal.Moment) (sum decimal.Decimal) {
	for i, x := range m.suspects {
		if m.certain(i) == "" || !x.began.After(from.At) || m.booked(m.order[i]) {
			continue
		}
		s := m.orders[m.order[i]].status
		standing := journal.StandingOf(s.Status)
		open := standing == journal.Waiting || standing == journal.Working
		if !s.Charge.Valid || !open && !(standing == journal.Done && noneLeft(s.Remains)) {
			continue
		}
		charge := s.Charge.Decimal
		if expected, exact := x.entry.Estimate(); exact {
			charge = decimal.Min(charge, expected)
		}
		sum = sum.Add(charge)
	}
	return sum
}
