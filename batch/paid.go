package batch

import (
	"context"
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
	tried, err := s.Journal.Tried(ctx, s.account(), time.Now().Add(-Remembered), false)
	if err == nil {
		tried, err = s.untold(ctx, slices.DeleteFunc(tried, func(t journal.Tried) bool { return !sentAgain(t) }))
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
	k, err := s.learn(ctx, p)
	if err != nil || k.advice != "" {
		return err
	}
	all := slices.Sorted(maps.Keys(ids))
	if err := p.ask(ctx, all); err != nil {
		return err
	}
	if book, err = s.ledger(ctx); err != nil {
		return err
	}
	orders, err := s.found(ctx, p, book, all)
	if err != nil {
		return err
	}
	return s.twice(match(suspects, orders, k))
}

// sentAgain tells whether the panel turned a request away, and the row was placed by a later one.
func sentAgain(t journal.Tried) bool { return t.Decision == nil && t.State == journal.Placed }

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
