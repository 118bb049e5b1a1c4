package settle

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// How much a look asks about orders that may be of rows in doubt: what is told of them soon after tells most.
const (
	sightCalls = 3
	sightAge   = 3 * time.Minute // since the row was sent
	sightRows  = 64              // before and after it, among which orders bound where its own may lie
)

// Sight asks about the orders that stand where the batch's youngest rows in doubt were sent, those that came in doubt
// since a time, and keeps what is told of them: later they may have given money back. It proves nothing, so it makes
// few calls.
func (s *Settler) Sight(ctx context.Context, since time.Time, calls int) error {
	if s.Panel.Panel.Exclusive == panel.Shared {
		return nil
	}
	doubts, err := s.Journal.Doubts(ctx, s.Batch, s.Panel.Panel.Name)
	if err != nil {
		return err
	}
	doubts = slices.DeleteFunc(doubts, func(d journal.Doubt) bool {
		return d.Batch != s.Batch.ID || d.State != journal.InDoubt || time.Since(d.Began) > sightAge ||
			d.Ended.Before(since)
	})
	p := s.prober()
	p.most = calls
	var ids []int64
	for _, d := range slices.Backward(doubts) {
		near, err := s.Journal.OrdersNear(ctx, s.Batch, d.Seq, sightRows)
		if err != nil {
			return err
		}
		if ids = append(ids, newLedger(near).around(d)...); len(ids) >= calls*p.atOnce() {
			break
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	ids = ids[:min(len(ids), calls*p.atOnce())]
	// A panel that turns out to tell of one order a call is asked no more of them.
	if err := p.ask(ctx, ids); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	_, err = s.found(ctx, p, newLedger(nil), ids)
	return err
}

// around gives the ids between the last order that was answered before a row was sent and the first that was sent
// after it had been answered, or as many as can be asked for.
func (l *ledger) around(d journal.Doubt) (ids []int64) {
	low, high := l.below(d.Began), l.above(d.Ended)
	if low == 0 {
		return nil
	}
	if high == 0 {
		high = l.last + sightRows
	}
	for id := low + 1; id < high && len(ids) < sightCalls*panel.Many; id++ {
		if !l.claimed[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// with adds to what was seen of an order what the panel tells of it now: the whole charge, while it hasn't ended, and
// what remains of it while it is Pending.
func with(seen journal.Sighting, s panel.Status) journal.Sighting {
	standing := journal.StandingOf(s.Status)
	if open := standing == journal.Waiting || standing == journal.Working; open && !seen.Charge.Valid {
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
		o.beside = l.beside[o.id]
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

const sightWait = 10 * time.Second

// Sight asks about orders of rows that came in doubt since a time, unless the panel tells of one order a call. What
// isn't answered soon is left to the next look.
func (l *Looker) Sight(ctx context.Context, since time.Time) {
	if l.Panel.StatusesAtOnce() == 1 || l.Journal.Flush() != nil {
		return
	}
	soon, enough := context.WithTimeout(ctx, sightWait)
	defer enough()
	_ = l.settler().Sight(soon, since, 1) // a journal that can't be written stops the run by its orders
}
