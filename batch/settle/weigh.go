package settle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// weighed is what the account's balance tells of rows in doubt and of the orders that were found.
type weighed struct {
	why     string              // it tells nothing, for this reason; empty: it does, or it was not asked
	adds    bool                // what left the balance unexplained, for a day and since, is just what the found orders cost
	since   time.Time           // of adds: when the first moment was
	absent  map[string]bool     // rows for which nothing was charged, by name
	lack    decimal.Decimal     // what left the balance since the rows were sent and no order explains, nor those found
	left    decimal.NullDecimal // at most what left it since then that no order of ours explains, whatever was found
	unpaid  map[string]string   // rows whose order isn't surely theirs, since too little left the balance, by name, with words
	younger map[string]string   // rows whose order was charged after it could be their own, by name, with words
}

// soleDay is for how long nothing may have left the balance unexplained where nobody said that only these books order.
const soleDay = 24 * time.Hour

// weigh strikes the sum where it may decide something, and compares it with what was found. It gives the rows that were
// queued by it: the panel had turned them away, and nothing was charged for them.
func (s *Settler) weigh(ctx context.Context, out *Settlement, m *matching) (queued int, err error) {
	if s.Panel.Panel.Exclusive == panel.Shared || !s.unweighed(m) {
		return 0, nil
	}
	sum := &Sum{Journal: s.Journal, Panel: s.Panel, Pace: s.Pace, Account: s.account(), Currency: s.currency(),
		Stands: m.mayStand}
	now, err := sum.Strike(ctx, time.Now())
	switch {
	case errors.Is(err, journal.ErrBroken) || ctx.Err() != nil:
		return 0, errors.Join(err, ctx.Err())
	case err != nil:
		m.why = err.Error()
		return 0, nil
	}
	if queued, err = s.turn(ctx, out, m, sum, now); queued > 0 || err != nil {
		return queued, err
	}
	p := sum.prove(now, s.late())
	if err := s.absences(ctx, m, p); err != nil {
		return 0, err
	}
	if err := s.missing(ctx, m, sum, now); err != nil {
		return 0, err
	}
	if err := s.tooYoung(ctx, m, p); err != nil {
		return 0, err
	}
	if err := s.unpaidFor(ctx, m, p); err != nil {
		return 0, err
	}
	return 0, s.addUp(ctx, m, now)
}

// mayStand tells whether an order stands where a row's must lie, or the panel didn't say so of all that may stand
// there, or orders of its kind may lie elsewhere.
func (m *matching) mayStand(batch string, seq int64) bool {
	return m.stands(batch, seq) || m.isLent(batch, seq) || slices.ContainsFunc(m.suspects, func(x suspect) bool {
		return x.batch.ID == batch && x.entry.Seq == seq &&
			(x.placeless || x.putOff || x.closed() && !x.searched && m.bounded)
	})
}

// missing finds out what left the balance since the first row in doubt was sent that neither our orders explain nor
// those that were found.
func (s *Settler) missing(ctx context.Context, m *matching, sum *Sum, now journal.Moment) error {
	gap, err := sum.Since(ctx, m.oldest(now.Asked), now)
	if err == nil && gap.Why == "" {
		m.left = decimal.NewNullDecimal(mostLeft(gap))
	}
	if errors.Is(err, journal.ErrNoMoment) || err == nil && !gap.Lacks() {
		return nil
	}
	charges, _ := m.charged(gap.From.At)
	m.lack = gap.Unexplained.Add(gap.Error).Sub(charges)
	if m.lack.LessThanOrEqual(gap.Error.Mul(decimal.NewFromInt(2))) {
		m.lack = decimal.Zero
	}
	return err
}

// mostLeft is the most that may have left the balance that no order of ours explains.
func mostLeft(gap journal.Gap) decimal.Decimal {
	return gap.Unexplained.Add(gap.Error).Add(decimal.Max(gap.Hidden, decimal.Zero)).Add(gap.Veiled)
}

// oldest is when the first row in doubt was sent, or a time that is earlier.
func (m *matching) oldest(t time.Time) time.Time {
	for _, x := range m.suspects {
		if x.tried == nil && !x.copied && x.began.Before(t) {
			t = x.began
		}
	}
	return t
}

// unweighed tells whether the balance may decide about a row.
func (s *Settler) unweighed(m *matching) bool {
	for i, x := range m.suspects {
		_, clear := s.clear(x)
		if !x.other && (m.certain(i) != "" || clear || len(m.can[i]) == 0 || turnedAway(x.sent.Class)) {
			return true
		}
	}
	return false
}

func turnedAway(class string) bool {
	return slices.Contains([]panel.Class{panel.ClassFunds, panel.ClassActive, panel.ClassBlocked}, panel.Class(class))
}

// turn queues the rows that were turned away and for which nothing was charged.
func (s *Settler) turn(ctx context.Context, out *Settlement, m *matching, sum *Sum, now journal.Moment) (int, error) {
	queued := 0
	for _, b := range append([]journal.Batch{s.Batch}, s.held...) {
		turned, err := sum.Turn(ctx, b, s.By, now, s.late())
		if err != nil {
			return queued, err
		}
		queued += len(turned.Queued)
		for _, x := range m.suspects {
			if x.batch.ID == b.ID && x.tried == nil && slices.Contains(turned.Queued, x.entry.Seq) {
				out.Conclusions = append(out.Conclusions, Conclusion{Batch: b.ID, Entry: x.entry, How: journal.ByBooks,
					State: journal.Queued, Words: "it was turned away, and by what the panel tells of our orders nothing left the " +
						"balance for it"})
			}
		}
	}
	return queued, nil
}

// absences finds the rows for which nothing was charged: an order that was sent later is in the balance already.
func (s *Settler) absences(ctx context.Context, m *matching, p *prover) error {
	m.absent = map[string]bool{}
	var bare []suspect
	var times []time.Time
	for i, x := range m.suspects {
		if !x.other && !x.putOff && x.keeps == "" && len(m.here(i)) == 0 && !x.ended.IsZero() {
			bare, times = append(bare, x), append(times, x.began)
		}
	}
	if err := p.strike(ctx, times); err != nil {
		return err
	}
	for _, x := range bare {
		charge, exact := x.entry.Estimate()
		if !exact {
			continue
		}
		proof, _, err := p.absent(ctx, charge, x.began, x.ended)
		if err != nil {
			return err
		}
		m.absent[x.name()] = proof != ""
	}
	return nil
}

// addUp finds out whether all that left the balance unexplained, for a day and since the rows in doubt were sent, is
// what the orders were charged that were found for them.
func (s *Settler) addUp(ctx context.Context, m *matching, now journal.Moment) error {
	from, err := s.dayBefore(ctx, m, now)
	if errors.Is(err, journal.ErrNoMoment) {
		m.why = err.Error()
		return nil
	}
	if err != nil {
		return err
	}
	gap, err := s.Journal.Gap(ctx, from, now)
	if err != nil {
		return err
	}
	charges, told := m.charged(from.At)
	m.since = from.At
	switch m.adds = told && gap.Explains(charges); {
	case m.adds:
	case gap.Why != "":
		m.why = gap.Why
	case gap.Veiled.IsPositive():
		m.why = fmt.Sprintf("orders of ours may have got %s back that the panel doesn't tell, and hide as much", gap.Veiled)
	default:
		m.why = fmt.Sprintf(
			"%s left the balance since %s that no order of ours explains, and the orders that were found cost %s",
			gap.Unexplained,
			from.At.UTC().Format("2006-01-02 15:04 UTC"),
			charges,
		)
	}
	return nil
}

// dayBefore gives the last moment before all rows in doubt, and, where nobody said that only these books order, a day
// ago, or the first one of books that are younger.
func (s *Settler) dayBefore(ctx context.Context, m *matching, now journal.Moment) (journal.Moment, error) {
	oldest := m.oldest(now.Asked)
	if s.Panel.Panel.Exclusive == panel.Alone {
		return s.Journal.MomentBefore(ctx, s.account(), oldest)
	}
	from, err := s.Journal.MomentBefore(ctx, s.account(), m.oldest(now.Asked.Add(-soleDay)))
	if !errors.Is(err, journal.ErrNoMoment) {
		return from, err
	}
	all, err := s.Journal.MomentsSince(ctx, s.account(), time.Time{})
	if err == nil && (len(all) == 0 || !all[0].At.Before(oldest)) {
		err = journal.ErrNoMoment
	}
	if err != nil {
		return from, err
	}
	return all[0], nil
}

// tooYoung finds the rows whose order isn't their own, since what it was charged was in the balance still when orders
// of theirs could no longer appear.
func (s *Settler) tooYoung(ctx context.Context, m *matching, p *prover) error {
	m.younger = map[string]string{}
	from, err := s.Journal.MomentBefore(ctx, s.account(), m.oldest(p.now.Asked))
	if errors.Is(err, journal.ErrNoMoment) {
		return nil
	}
	if err != nil {
		return err
	}
	for i, x := range m.suspects {
		if x.other || x.alike || m.certain(i) == "" {
			continue
		}
		later, err := s.Journal.MomentsSince(ctx, s.account(), x.began.Add(s.late()))
		if err != nil {
			return err
		}
		charge := m.orders[m.order[i]].status.Charge.Decimal
		for _, then := range later[:min(len(later), mostMoments)] {
			if !then.At.Before(p.now.Asked) {
				break
			}
			gap, err := p.gap(ctx, from, then)
			if err != nil {
				return err
			}
			if gap.Why == "" && gap.Unexplained.Add(gap.Error).LessThan(charge) {
				m.younger[x.name()] = fmt.Sprintf(
					"what order %s was charged left the balance after %s, when orders of the "+
						"row's could no longer appear",
					m.id(m.order[i]),
					then.At.UTC().Format("2006-01-02 15:04 UTC"),
				)
				break
			}
		}
	}
	return nil
}

// mostMoments is how many earlier balances are compared for one row.
const mostMoments = 10

// charged adds up the orders that were found of rows that were sent after a moment; told is false where one of them may
// be an older row's, or the panel hasn't told its charge.
func (m *matching) charged(after time.Time) (sum decimal.Decimal, told bool) {
	for j, o := range m.orders {
		younger, older := 0, 0
		for _, i := range m.rowsOf(j) {
			if m.suspects[i].began.After(after) {
				younger++
			} else {
				older++
			}
		}
		switch {
		case older > 0 && younger == 0, m.booked(j):
			continue
		case older > 0, !o.status.Charge.Valid:
			return sum, false
		}
		sum = sum.Add(o.status.Charge.Decimal)
	}
	return sum, true
}

// Sum compares the account's balance with its orders, and looks for orders of rows in doubt.
func (s *Settler) Sum() *Sum {
	return &Sum{Journal: s.Journal, Panel: s.Panel, Pace: s.Pace, Account: s.account(), Currency: s.currency(),
		Search: s.search}
}

// search looks for orders in the windows of rows in doubt that no row claims.
func (s *Settler) search(ctx context.Context) (func(batch string, seq int64) bool, error) {
	suspects, book, err := s.bounded(ctx)
	if err != nil {
		return nil, err
	}
	var orders []found
	p := s.prober()
	if book.numeric {
		ids, err := p.unclaimed(ctx, book, suspects)
		if err != nil {
			return nil, err
		}
		orders = p.found(book, ids)
	}
	m := &matching{suspects: suspects}
	if m.lent, err = s.lent(ctx); err != nil {
		return nil, err
	}
	for i := range suspects {
		suspects[i].putOff, _ = p.putOff(book, suspects[i])
	}
	return func(batch string, seq int64) bool {
		return m.isLent(batch, seq) || slices.ContainsFunc(suspects, func(x suspect) bool {
			return x.batch.ID == batch && x.entry.Seq == seq &&
				(x.putOff || slices.ContainsFunc(orders, func(o found) bool { return x.holds(o.id) }) || p.unclear(x) ||
					x.placeless)
		})
	}, nil
}
