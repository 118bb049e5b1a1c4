package batch

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// paidTwice keeps alarms about orders that no row claims, where requests must have theirs that were turned away before
// their rows were sent again: the balance can't always tell of those, and once it was struck it tells nothing new.
func (s *Settler) paidTwice(ctx context.Context) error {
	if s.Panel.Panel.Exclusive == panel.Shared {
		return nil
	}
	tried, err := s.Journal.Tried(ctx, s.account(), time.Now().Add(-Remembered), true)
	if err == nil {
		tried, err = s.unproved(ctx, tried)
	}
	if err == nil {
		tried, err = s.untold(ctx, tried)
	}
	if err != nil || len(tried) == 0 {
		return err
	}
	suspects, book, err := s.bounded(ctx)
	if err != nil || !book.numeric {
		return err
	}
	suspects = slices.DeleteFunc(suspects, func(x suspect) bool { return x.tried != nil })
	ids := map[int64]bool{}
	for i := range tried {
		x := triedBy(&tried[i])
		x.low, x.high = book.window(x, s.late())
		suspects = append(suspects, x)
		book.gap(ids, x, elsewhere)
	}
	p := s.prober()
	if !slices.ContainsFunc(tried, sentAgain) {
		p.most = refusedCalls
	}
	k, err := s.learn(ctx, p)
	if errors.Is(err, errEnough) {
		return nil
	}
	if err != nil || k.advice != "" {
		return err
	}
	all := slices.Sorted(maps.Keys(ids))
	if err := p.ask(ctx, all); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if book, err = s.ledger(ctx); err != nil {
		return err
	}
	orders, err := s.found(ctx, p, book, all)
	if err != nil {
		return err
	}
	if err := s.priced(ctx, &k, suspects); err != nil {
		return err
	}
	return s.twice(match(suspects, orders, k))
}

// sentAgain tells whether the panel turned a request away, and the row was placed by a later one.
func sentAgain(t journal.Tried) bool { return t.Decision == nil && t.State == journal.Placed }

// refusedCalls bounds the calls that look for orders of refused rows alone.
const refusedCalls = 12

// unproved gives the requests whose rows were sent again, and those that were refused where the balance can't tell
// whether they were charged.
func (s *Settler) unproved(ctx context.Context, all []journal.Tried) (left []journal.Tried, err error) {
	now, err := s.Journal.MomentBefore(ctx, s.account(), time.Now())
	if err != nil && !errors.Is(err, journal.ErrNoMoment) {
		return nil, err
	}
	p := s.Sum().prove(now, 0)
	var refused []time.Time
	for _, t := range all {
		if t.Decision == nil && t.SaidNo() && err == nil {
			refused = append(refused, t.Began)
		}
	}
	if err := p.strike(ctx, refused); err != nil {
		return nil, err
	}
	for _, t := range all {
		is := sentAgain(t)
		if t.Decision == nil && t.SaidNo() && err == nil {
			from, err := s.Journal.MomentBefore(ctx, s.account(), t.Began)
			if errors.Is(err, journal.ErrNoMoment) {
				continue
			}
			if err != nil {
				return nil, err
			}
			gap, err := p.gap(ctx, from, now)
			if err != nil {
				return nil, err
			}
			charge, _ := t.Estimate()
			is = gap.Why != "" || gap.Veiled.IsPositive() && gap.Veils(charge)
		}
		if is {
			left = append(left, t)
		}
	}
	return left, nil
}

// untold leaves out the requests of rows about which an alarm waits for its answer already.
func (s *Settler) untold(ctx context.Context, all []journal.Tried) (left []journal.Tried, err error) {
	alarms := map[string][]journal.Alarm{} // by batch
	for _, t := range all {
		if _, known := alarms[t.Batch]; !known {
			b, err := s.Journal.Batch(ctx, t.Batch)
			if err != nil {
				return nil, err
			}
			if alarms[t.Batch], err = s.Journal.Alarms(ctx, b); err != nil {
				return nil, err
			}
		}
		if !slices.ContainsFunc(alarms[t.Batch], func(a journal.Alarm) bool { return a.Seq == t.Seq }) {
			left = append(left, t)
		}
	}
	return left, nil
}
