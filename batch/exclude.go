package batch

import (
	"context"
	"slices"
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

// excludes tells whether an order that isn't as a row's would be expected can't be the row's: by what remains of it, or
// by a charge that is the whole one, of a service whose price is known for the time when the row was sent.
func (k learned) excludes(x suspect, o found) bool {
	e := x.entry
	if k.leavesOther(e, o) && quantity(e) <= k.largest[parameter(e, "service")] {
		return true
	}
	if k.charges(e, o) != misfit || !k.prices.held(x) {
		return false
	}
	expected, _ := e.Estimate()
	less := o.status.Charge.Decimal.LessThan(k.roundings.least(expected))
	return !less || o.seen.Charge.Valid || !o.mayHaveGivenBack()
}

// mayHaveGivenBack tells whether an order has ended, and something of it wasn't delivered: panels call that completed
// too.
func (o found) mayHaveGivenBack() bool {
	left := strings.TrimSpace(o.status.Remains)
	return journal.StandingOf(o.status.Status).Final() && left != "" && strings.Trim(left, "0") != ""
}
