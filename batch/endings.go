package batch

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// endings is how a panel tells of orders that gave money back, where all of ours that did agree.
type endings struct {
	gross bool // their charge stays the whole one
	share bool // that of a Partial one is of what was delivered: its quantity less its remains
	whole bool // all of a Canceled one's quantity remains
}

// fewestEnded is how many orders of ours that gave money back must agree before they tell others apart.
const fewestEnded = 10

// learnEndings compares orders of ours that gave money back with what their rows cost.
func (s *Settler) learnEndings(ctx context.Context, k learned) (endings, error) {
	all, err := s.Journal.GaveBack(ctx, s.account())
	if err != nil {
		return endings{}, err
	}
	given, partial, failed := 0, 0, 0
	learned := endings{gross: true, share: true, whole: true}
	for _, e := range all {
		expected, exact := e.Estimate()
		partly := journal.StandingOf(e.Status) == journal.Partly
		if !exact || !e.Charge.Valid || expected.IsZero() {
			continue
		}
		given++
		learned.gross = learned.gross && k.roundings.charge(expected, e.Charge.Decimal)
		cost, told := delivered(e, expected, e.Remains)
		if partly {
			partial++
			learned.share = learned.share && told && k.roundings.charge(cost, e.Charge.Decimal)
		} else {
			failed++
			learned.whole = learned.whole && told && cost.IsZero()
		}
	}
	learned.gross = learned.gross && given >= fewestEnded
	learned.share = learned.share && partial >= fewestEnded
	learned.whole = learned.whole && failed >= fewestEnded
	return learned, nil
}

// delivered gives what a row costs whose order has remains, by its quantity.
func delivered(e journal.Entry, expected decimal.Decimal, remains string) (cost decimal.Decimal, told bool) {
	left, untold := strconv.ParseInt(strings.TrimSpace(remains), 10, 64)
	ordered, unsaid := strconv.ParseInt(parameter(e, "quantity"), 10, 64)
	if untold != nil || unsaid != nil || ordered <= 0 || left < 0 || left > ordered || parameter(e, "runs") != "" {
		return cost, false
	}
	return expected.Mul(decimal.NewFromInt(ordered - left)).Div(decimal.NewFromInt(ordered)), true
}

// fits tells whether an order that gave money back may be a row's. Its charge may be any up to that of its row, but
// for what the panel's other orders taught.
func (n endings) fits(e journal.Entry, expected decimal.Decimal, s panel.Status, l roundings) bool {
	charge := s.Charge.Decimal
	if n.gross {
		return l.charge(expected, charge)
	}
	if charge.GreaterThan(l.most(expected)) {
		return false
	}
	cost, told := delivered(e, expected, s.Remains)
	switch journal.StandingOf(s.Status) {
	case journal.Partly:
		return !n.share || told && l.charge(cost, charge)
	case journal.Failed:
		return !n.whole || told && cost.IsZero()
	}
	return true
}

// charge tells whether what costs that much may be charged so.
func (l roundings) charge(cost, charge decimal.Decimal) bool {
	return slices.ContainsFunc(l, func(r rounding) bool { return same(charge, r.of(cost)) })
}

// with adds to what was seen of an order what the panel tells of it now: the whole charge, while it has given nothing
// back, and what remains of it while it is Pending.
func with(seen journal.Sighting, s panel.Status) journal.Sighting {
	standing := journal.StandingOf(s.Status)
	if whole := standing != journal.Partly && standing != journal.Failed; whole && !seen.Charge.Valid {
		seen.Charge = s.Charge
		seen.Charge.Valid = s.Charge.Valid && s.Charge.Decimal.IsPositive()
	}
	if seen.Remains == "" && isPending(s.Status) {
		seen.Remains = strings.TrimSpace(s.Remains)
	}
	return seen
}

// found gives the orders among ids that no row claims, with what was seen of them before. What is new of that is kept.
func (s *Settler) found(ctx context.Context, p *prober, l *ledger, ids []int64) ([]found, error) {
	orders := p.found(l, ids)
	if len(orders) == 0 {
		return nil, nil
	}
	byID := func(a, b found) int { return int(a.id - b.id) }
	seen, err := s.Journal.Sightings(ctx, s.account(), slices.MinFunc(orders, byID).id, slices.MaxFunc(orders, byID).id)
	if err != nil {
		return nil, err
	}
	var fresh []journal.Sighting
	for i := range orders {
		o := &orders[i]
		before, is := seen[o.id]
		if !is {
			before = journal.Sighting{Order: o.id, At: time.Now()}
		}
		if o.seen = with(before, o.status); o.seen != before || !is {
			fresh = append(fresh, o.seen)
		}
	}
	return orders, s.Journal.Sight(s.account(), fresh)
}
