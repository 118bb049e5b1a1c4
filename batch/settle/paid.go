package settle

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// paidTwice keeps alarms about orders that no row claims, where requests must have theirs that were turned away before
// their rows were sent again: the balance can't always tell of those, and once it was struck it tells nothing new. For
// refused rows it makes so many calls at most.
func (s *Settler) paidTwice(ctx context.Context, most int) error {
	if s.Panel.Panel.Exclusive == panel.Shared {
		return nil
	}
	all, err := s.Journal.Tried(ctx, s.account(), time.Now().Add(-Remembered), true)
	var tried []unproved
	if err == nil {
		tried, err = s.unproved(ctx, all)
	}
	if err == nil {
		tried, err = s.untold(ctx, tried)
	}
	if err != nil || len(tried) == 0 {
		return err
	}
	suspects, book, err := s.bounded(ctx)
	if err != nil || !book.numeric {
		return errors.Join(err, s.unknowable(ctx, book, tried))
	}
	suspects = slices.DeleteFunc(suspects, func(x suspect) bool { return x.tried != nil })
	for i := range tried {
		x := triedBy(&tried[i].Tried)
		x.low, x.high = book.window(x, s.late())
		x.unpaid = tried[i].unpaid
		suspects = append(suspects, x)
	}
	p := s.prober()
	asked, err := s.lookNear(ctx, p, book, tried, most)
	if err != nil {
		return err
	}
	if book, err = s.ledger(ctx); err != nil {
		return err
	}
	orders, err := s.found(ctx, p, book, asked)
	if err != nil || len(orders) == 0 {
		return err
	}
	p.most = 0 // something stands there
	k, err := s.learn(ctx, p)
	if err != nil || k.advice != "" {
		return err
	}
	if err := s.priced(ctx, &k, suspects); err != nil {
		return err
	}
	if suspects, err = s.believed(ctx, p, book, suspects, orders, &k); err != nil {
		return err
	}
	return s.twice(match(suspects, orders, k))
}

// believed leaves out the requests for which nothing left the balance, as it seems, where the panel shows orders that
// are nobody's of ours elsewhere too: it shows those of other accounts. Elsewhere what came back to the balance may be
// as much as what was charged.
func (s *Settler) believed(ctx context.Context, p *prober, l *ledger, suspects []suspect, orders []found, k *learned) (
	[]suspect, error,
) {
	seems := func(x suspect) bool { return x.unpaid }
	if !slices.ContainsFunc(suspects, seems) {
		return suspects, nil
	}
	bounds := slices.Clone(suspects) // none of these is looked for in their windows
	for i := range bounds {
		bounds[i].tried = nil
	}
	advice, err := s.calibrateStrangers(ctx, p, l, bounds, k)
	if advice != "" {
		return slices.DeleteFunc(suspects, seems), nil
	}
	return suspects, err
}

// sentAgain tells whether the panel turned a request away, and the row was placed by a later one.
func sentAgain(t journal.Tried) bool { return t.Decision == nil && t.State == journal.Placed }

// unproved is a request that the panel said no to, or turned away.
type unproved struct {
	journal.Tried
	unpaid bool // nothing seems to have left the balance for it
}

// unproved gives the requests whose rows were sent again, and those that were refused: where the balance can't tell
// whether they were charged, and where it seems that they weren't.
func (s *Settler) unproved(ctx context.Context, all []journal.Tried) (left []unproved, err error) {
	now, err := s.Journal.MomentBefore(ctx, s.account(), time.Now())
	if err != nil && !errors.Is(err, journal.ErrNoMoment) {
		return nil, err
	}
	known := err == nil
	p := s.Sum().prove(now, 0)
	var refused []time.Time
	for _, t := range all {
		if t.Decision == nil && t.SaidNo() && known {
			refused = append(refused, t.Began)
		}
	}
	if err := p.strike(ctx, refused); err != nil {
		return nil, err
	}
	for _, t := range all {
		u, is := unproved{Tried: t}, sentAgain(t)
		if t.Decision == nil && t.SaidNo() && known {
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
			u.unpaid = gap.Why == "" && !(gap.Veiled.IsPositive() && gap.Veils(charge))
			is = !u.unpaid || gap.Clean() // what is lacking is told otherwise
		}
		if is {
			left = append(left, u)
		}
	}
	return left, nil
}

// unknowable keeps an alarm about refused rows of the batch where no order of ours stands on the account, from which
// orders could be looked for, and the balance doesn't tell whether they were charged.
func (s *Settler) unknowable(ctx context.Context, l *ledger, all []unproved) error {
	i := slices.IndexFunc(all, func(u unproved) bool { return u.Batch == s.Batch.ID && u.SaidNo() && !u.unpaid })
	if i < 0 || len(l.keys) > 0 {
		return nil
	}
	told, err := s.Journal.HasAlarm(ctx, s.Batch, all[i].Seq, journal.UnknownOrder)
	if told || err != nil {
		return err
	}
	return s.Journal.RaiseAlarm(s.Batch.ID, journal.Alarm{
		Seq: all[i].Seq, At: time.Now(), OrderID: journal.UnknownOrder,
		Words: fmt.Sprintf("the panel refused row %s and perhaps others, and whether they were ordered all the same can't be "+
			"known: there is no order of ours on the account from which to look, and its balance doesn't tell; look at the "+
			"panel's own list of orders before any of them is ordered again", all[i].At()),
	})
}

// untold leaves out the requests of rows about which an alarm waits for its answer already.
func (s *Settler) untold(ctx context.Context, all []unproved) (left []unproved, err error) {
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
