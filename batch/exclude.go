package batch

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

// prices tells when orders of ours were sent, first and last, that were charged what their rows should cost: a price
// holds in between. Before and after it may have been another, and so it may of services that were never charged.
type prices map[priceOf][2]time.Time

func priceFor(service string, rate decimal.Decimal) priceOf { return priceOf{service, rate.String()} }

func charged(all []journal.Priced, r roundings) prices {
	p := prices{}
	for _, o := range all {
		if !r.agree(o.Estimate, o.Charge) {
			continue
		}
		name := priceFor(o.Service, o.Rate)
		held, is := p[name]
		if !is || o.First.Before(held[0]) {
			held[0] = o.First
		}
		if !is || o.Last.After(held[1]) {
			held[1] = o.Last
		}
		p[name] = held
	}
	return p
}

// held tells whether the price of a row held when it was sent.
func (p prices) held(x suspect) bool {
	held, is := p[priceFor(x.entry.Service, x.entry.Rate)]
	return is && held[0].Before(x.began) && held[1].After(x.began)
}

// pricesNow learns which prices still hold, where that isn't known for the time since a row in doubt was sent.
func (s *Settler) pricesNow(ctx context.Context, p *prober, k learned, suspects []suspect) error {
	unknown := slices.ContainsFunc(suspects, func(x suspect) bool {
		_, is := k.prices[priceFor(x.entry.Service, x.entry.Rate)]
		return is && x.tried == nil && !k.prices.held(x)
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
	for name, held := range k.prices {
		if service, is := p.catalogue.Service(name.service); is && service.Rate.String() == name.rate {
			held[1] = p.priced
			k.prices[name] = held
		}
	}
	return nil
}

// excludes tells whether an order that isn't as a row's would be expected can't be the row's: more remains of it than
// the row orders, or both its charge is another one, of a service whose price is known for the time when the row was
// sent, and what remained of it while it was Pending. One of these alone proves too little: a price may move for one
// order, be less from a quantity on, or have a minimum, and an order may be begun while it is called Pending.
func (k learned) excludes(x suspect, o found) bool {
	e := x.entry
	switch {
	case k.overfills(e, o):
		return true
	case !k.tellsQuantity(e) || !k.leavesOther(e, o) || k.charges(e, o) != misfit || !k.prices.held(x):
		return false
	}
	expected, _ := e.Estimate()
	less := o.status.Charge.Decimal.LessThan(k.roundings.least(expected))
	return !less || o.seen.Charge.Valid || !o.mayHaveGivenBack()
}

// mayHaveGivenBack tells whether an order has ended, and it isn't told that all of it was delivered: panels call that
// completed too.
func (o found) mayHaveGivenBack() bool {
	left := strings.TrimSpace(o.status.Remains)
	return journal.StandingOf(o.status.Status).Final() && (left == "" || strings.Trim(left, "0") != "")
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
	if f == misfit && e.Charge.Valid && charge.Valid && same(e.Charge.Decimal, charge.Decimal) {
		return strange
	}
	return f
}
