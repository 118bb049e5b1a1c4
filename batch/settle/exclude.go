package settle

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// priceOf names a price of a service: the one that was approved.
type priceOf struct {
	service string
	rate    string
}

// prices are what orders of ours were charged, by service and the rate that was approved, in the order of sending.
type prices map[priceOf][]sample

// sample is an order of ours that was charged as its row should cost, or otherwise.
type sample struct {
	sent  time.Time
	units decimal.Decimal
	held  bool // it was charged as it should be
}

// priceNear is how long before and after a row orders of ours tell what its price was.
const priceNear = time.Hour

func priceFor(service string, rate decimal.Decimal) priceOf { return priceOf{service, rate.String()} }

// priced learns what orders of ours were charged that were sent around suspects.
func (s *Settler) priced(ctx context.Context, k *learned, suspects []suspect) error {
	k.prices = prices{}
	if len(suspects) == 0 {
		return nil
	}
	doubtful, err := s.doubtful(ctx)
	if err != nil {
		return err
	}
	byTime := func(a, b suspect) int { return a.began.Compare(b.began) }
	from, to := slices.MinFunc(suspects, byTime).began, slices.MaxFunc(suspects, byTime).began
	return s.Journal.PricedAround(ctx, s.account(), from.Add(-priceNear), to.Add(priceNear), func(o journal.Priced) {
		if doubtful[journal.OrderKey(o.OrderID)] {
			return
		}
		name := priceFor(o.Service, o.Rate)
		k.prices[name] = append(k.prices[name], sample{o.First, o.Units, k.roundings.agree(o.Estimate, o.Charge)})
	})
}

// span is what orders of ours tell of a row's price that were sent around it.
type span struct {
	held        bool            // the last one before it was charged as it should be, and so was the first one after it
	least, most decimal.Decimal // units that were charged so; 0: none
	odd         bool            // some were charged otherwise
}

// around gives what orders of ours tell of a row's price when it was sent; where there is none before or after, the
// catalogue had that price then.
func (p prices) around(x suspect, priced time.Time) (s span) {
	before, after, moved := x.shownBefore(), false, false
	for _, o := range p[priceFor(x.entry.Service, x.entry.Rate)] {
		switch apart := o.sent.Sub(x.began); {
		case apart < -priceNear || apart > priceNear:
			continue
		case apart < 0:
			before = o.held
		default:
			moved = moved || !after && !o.held
			after = true
		}
		s.add(o)
	}
	after = after || priced.After(x.began) && priced.Sub(x.began) <= priceNear
	s.held = before && after && !moved
	return s
}

func (s *span) add(o sample) {
	switch {
	case !o.held:
		s.odd = true
	case s.most.IsZero():
		s.least, s.most = o.units, o.units
	default:
		s.least, s.most = decimal.Min(s.least, o.units), decimal.Max(s.most, o.units)
	}
}

// has tells whether orders of as much and of as little, or of more and of less, were charged so: panels charge less
// from a quantity on, and have minimums.
func (s span) has(units decimal.Decimal) bool {
	return s.most.IsPositive() && !units.LessThan(s.least) && !units.GreaterThan(s.most)
}

// shownBefore tells whether the catalogue had a row's price shortly before it was sent: its run, or the first of its
// batch, began with that.
func (x suspect) shownBefore() bool {
	for _, at := range []time.Time{x.batch.Started, x.batch.Created} {
		if age := x.began.Sub(at); age >= 0 && age <= priceNear {
			return true
		}
	}
	return false
}

// pricesNow learns which services have the price still that was approved, where no order of ours tells it of the time
// since a row in doubt was sent.
func (s *Settler) pricesNow(ctx context.Context, p *prober, k *learned, suspects []suspect) error {
	k.now = map[priceOf]time.Time{}
	unknown := slices.ContainsFunc(suspects, func(x suspect) bool {
		return x.tried == nil && !k.prices.around(x, time.Time{}).held && k.prices.around(x, x.began.Add(priceNear)).held
	})
	if !unknown {
		return nil
	}
	if p.catalogue == nil {
		if err := p.turn(ctx); err != nil {
			return err
		}
		now := time.Now()
		var err error
		if p.catalogue, err = s.Panel.Services(ctx); err != nil {
			return ctx.Err() // then nothing is excluded
		}
		p.priced = now
	}
	for name := range k.prices {
		if service, is := p.catalogue.Service(name.service); is && service.Rate.String() == name.rate {
			k.now[name] = p.priced
		}
	}
	return nil
}

// rangeOf gives the lowest and the highest that a row may have been charged, by what orders of ours were around it: as
// it should be where some were of as much and of as little. Of more than all of ours less may be charged, though more
// than half; of less than all of ours more, though no more than the least of them cost.
func (k learned) rangeOf(x suspect) (lowest, highest decimal.Decimal, known bool) {
	expected, exact := x.entry.Estimate()
	units := x.entry.Units.Low
	s := k.prices.around(x, k.now[priceFor(x.entry.Service, x.entry.Rate)])
	if !exact || !units.Decimal.IsPositive() || !s.held || s.most.IsZero() || s.odd && !s.has(units.Decimal) {
		return lowest, highest, false
	}
	lowest, highest = expected, expected
	switch {
	case units.Decimal.GreaterThan(s.most):
		lowest = expected.Div(decimal.NewFromInt(2))
	case units.Decimal.LessThan(s.least):
		highest = expected.Mul(s.least).Div(units.Decimal)
	}
	return lowest, highest, true
}

// excludes tells whether an order that isn't as a row's would be expected can't be the row's: more remains of it than
// the row orders, or its charge is none that the row's can have been, though prices held then. That less remains proves
// nothing: an order may be begun while it is called Pending.
func (k learned) excludes(x suspect, o found) bool {
	e := x.entry
	switch {
	case k.overfills(e, o), k.isForOther(e, o):
		return true
	case k.charges(e, o) != misfit:
		return false
	}
	lowest, highest, known := k.rangeOf(x)
	charge := o.status.Charge.Decimal
	if o.seen.Charge.Valid {
		charge = o.seen.Charge.Decimal
	}
	less := charge.LessThan(k.roundings.least(lowest))
	if !known || !lowest.Equal(highest) && !less && !charge.GreaterThan(k.roundings.most(highest)) {
		return false
	}
	return !less || o.seen.Charge.Valid || !o.mayHaveGivenBack() || lowest.Equal(highest) && k.tellsReturn(e, o)
}

// mayHaveGivenBack tells whether an order has ended, and it isn't told that all of it was delivered: panels call that
// completed too.
func (o found) mayHaveGivenBack() bool {
	return journal.StandingOf(o.status.Status).Final() && !noneLeft(o.status.Remains)
}

// noneLeft tells whether a panel says that nothing remains.
func noneLeft(remains string) bool {
	left := strings.TrimSpace(remains)
	return left != "" && strings.Trim(left, "0") == ""
}

// tellsQuantity tells whether the panel shows of orders like a row's how much was ordered, while they are Pending: it
// did so of orders as large.
func (k learned) tellsQuantity(e journal.Entry) bool {
	service := parameter(e, "service")
	return k.remains[service] && quantity(e) <= k.largest[service]
}

// overfills tells whether more remained of an order than a row orders.
func (k learned) overfills(e journal.Entry, o found) bool {
	return k.tellsQuantity(e) && quantity(e) > 0 && o.remained() > quantity(e)
}

// remained is what remained of an order while it was Pending, as it was seen first; 0: that isn't known.
func (o found) remained() int64 {
	text := o.seen.Remains
	if text == "" && isPending(o.status.Status) {
		text = o.status.Remains
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// mayBe is [learned.fits] of any row, which an order that isn't as expected may be as well, unless that is excluded.
func (k learned) mayBe(x suspect, o found) fit {
	if f := k.fits(x.entry, o); f != misfit || k.excludes(x, o) {
		return f
	}
	return strange
}

// again is [learned.fits] of a second order of a row that has its own: it may be charged as that one is as well.
func (k learned) again(e journal.Entry, o found) fit {
	f, charge := k.fits(e, o), o.status.Charge
	if f == misfit && !k.isForOther(e, o) && e.Charge.Valid && charge.Valid && same(e.Charge.Decimal, charge.Decimal) {
		return strange
	}
	return f
}

// afterNo is [learned.mayBe] of a row that the panel refused and may have ordered all the same. Nobody looks for its
// order once another row has it, so that a charge alone doesn't exclude it where a price that moved explains that: by
// twentieths of it, as prices do.
func (k learned) afterNo(x suspect, o found) fit {
	f := k.mayBe(x, o)
	expected, exact := x.entry.Estimate()
	charge := o.status.Charge
	if o.seen.Charge.Valid {
		charge = o.seen.Charge
	}
	other := k.tellsQuantity(x.entry) && k.leavesOther(x.entry, o) || k.isForOther(x.entry, o)
	if f != misfit || other || !exact || !expected.IsPositive() || !charge.Valid {
		return f
	}
	const parts = 20
	n := charge.Decimal.Mul(decimal.NewFromInt(parts)).DivRound(expected, 0)
	if n.IsPositive() && k.roundings.agree(expected.Mul(n).Div(decimal.NewFromInt(parts)), charge.Decimal) {
		return strange
	}
	return f
}
