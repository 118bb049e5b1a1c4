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

// steady is how long the balance must stay what our orders explain: a charge or a refund that comes later than its
// status would hide as much as a row costs.
const steady = 60 * time.Second

// Turned is what the balance tells of the rows that were turned away.
type Turned struct {
	Queued []int64   // rows for which nothing was charged, by seq: they are to be sent
	Left   int       // rows that stay in doubt
	Ready  time.Time // when another moment may decide about one of those left; zero: none will
}

// Turn decides about the rows of a batch that were turned away, by a moment: those are queued for which nothing was
// charged. Where others order on the account, or nobody can look for orders there, none is. late is how long after a
// request its order may still appear; 0: [LateCommit].
func (s *Sum) Turn(
	ctx context.Context,
	b journal.Batch,
	by string,
	now journal.Moment,
	late time.Duration,
) (Turned, error) {
	var t Turned
	rows, err := s.Journal.TurnedAway(ctx, b, s.Account)
	if err != nil || len(rows) == 0 {
		return t, err
	}
	if s.Panel.Panel.Exclusive == panel.Shared {
		return Turned{Left: len(rows)}, nil // what others get back hides what a row was charged
	}
	if blind, err := s.blind(ctx); blind || err != nil {
		return Turned{Left: len(rows)}, err // what was paid in hides it as well, and an order there isn't found
	}
	p := s.prove(now, late)
	if err := p.strike(ctx, begun(rows)); err != nil {
		return t, err
	}
	for _, r := range rows {
		charge, known := r.Estimate()
		if !known {
			t.Left++
			continue
		}
		proof, ready, err := p.absent(ctx, charge, r.Began, r.Ended)
		if err != nil {
			return t, err
		}
		if proof == "" {
			t.Left++
			if !ready.IsZero() && (t.Ready.IsZero() || ready.Before(t.Ready)) {
				t.Ready = ready
			}
			continue
		}
		if stands, err := s.stands(ctx, b, r.Seq); stands || err != nil {
			t.Left++
			continue // what can't be looked for may be there
		}
		t.Queued = append(t.Queued, r.Seq)
		err = s.Journal.Decide(b, r.Seq, journal.Decision{
			At: time.Now(), By: by, How: journal.ByBooks, State: journal.Queued, Evidence: proof,
		})
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

// blind tells whether nobody can look for orders on the account, since the ids of ours there aren't all numbers.
func (s *Sum) blind(ctx context.Context) (bool, error) {
	sent, err := s.Journal.Orders(ctx, s.Account)
	return len(sent) > 0 && !newLedger(sent).numeric, err
}

// stands tells whether an order is there that may be a row's, whatever the balance says.
func (s *Sum) stands(ctx context.Context, b journal.Batch, seq int64) (bool, error) {
	if s.Stands == nil && s.Search != nil {
		var err error
		if s.Stands, err = s.Search(ctx); err != nil {
			return false, err
		}
	}
	return s.Stands != nil && s.Stands(b.ID, seq), nil
}

// prover proves by a moment that nothing was charged for rows.
type prover struct {
	sum          *Sum
	now          journal.Moment
	late, steady time.Duration
	gaps         map[[2]int64]journal.Gap // by when their moments ended, in milliseconds
}

func (s *Sum) prove(now journal.Moment, late time.Duration) *prover {
	if late == 0 {
		late = LateCommit
	}
	return &prover{sum: s, now: now, late: late, steady: min(steady, late), gaps: map[[2]int64]journal.Gap{}}
}

// begun gives when the requests of rows began.
func begun(rows []journal.TurnedAway) (all []time.Time) {
	for _, r := range rows {
		all = append(all, r.Began)
	}
	return all
}

// strike compares the balance of now with those before some times. Between two of them that prove alike it need not
// look: what left the balance in between would tell them apart.
func (p *prover) strike(ctx context.Context, times []time.Time) error {
	var all []journal.Moment
	for _, t := range times {
		m, err := p.sum.Journal.MomentBefore(ctx, p.sum.Account, t)
		if err != nil && !errors.Is(err, journal.ErrNoMoment) {
			return err
		}
		if err == nil {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b journal.Moment) int { return a.At.Compare(b.At) })
	return p.between(ctx, slices.CompactFunc(all, func(a, b journal.Moment) bool { return a.At.Equal(b.At) }))
}

func (p *prover) between(ctx context.Context, all []journal.Moment) error {
	if len(all) < 3 {
		return nil
	}
	first, err := p.gap(ctx, all[0], p.now)
	if err != nil {
		return err
	}
	last, err := p.gap(ctx, all[len(all)-1], p.now)
	if err != nil {
		return err
	}
	if first.Alike(last) {
		for _, m := range all[1 : len(all)-1] {
			p.gaps[p.key(m, p.now)] = first // it is about more, and proves no more than those
		}
		return nil
	}
	half := len(all) / 2
	return errors.Join(p.between(ctx, all[:half+1]), p.between(ctx, all[half:]))
}

// absent tells why nothing was charged for a request that was under way from one time to another; empty: that isn't
// certain, and ready tells when it may become so. It takes two moments that prove it, far enough from one another, from
// the request, and from our last order: a balance that lags would show the one's charge for the other's. An order of
// ours that was sent after the request must be in the balance, or it may be an old one.
func (p *prover) absent(ctx context.Context, charge decimal.Decimal, began, ended time.Time) (
	proof string, ready time.Time, err error,
) {
	from, err := p.sum.Journal.MomentBefore(ctx, p.sum.Account, began)
	if errors.Is(err, journal.ErrNoMoment) {
		return "", ready, nil
	}
	if err != nil {
		return "", ready, err
	}
	gap, err := p.gap(ctx, from, p.now)
	if err != nil {
		return "", ready, err
	}
	if !gap.Absent(charge) {
		if gap.Why != "" { // what hinders it may pass
			ready = p.future(p.now.Asked.Add(p.steady), ended.Add(p.late))
		}
		return "", ready, nil
	}
	first, err := p.first(ctx, from, charge, ended)
	if err != nil || !gap.Seen.After(ended) {
		return "", ready, err
	}
	for _, until := range []time.Time{ended.Add(p.late), gap.Newest.Add(p.late), first.Add(p.steady)} {
		if until.After(p.now.Asked) && until.After(ready) {
			ready = until
		}
	}
	if !ready.IsZero() {
		return "", ready, nil
	}
	return fmt.Sprintf("from %s to %s nothing left the balance but what our orders were charged, as the panel tells it",
		clock(from.At), clock(p.now.At)), ready, nil
}

// lacks gives what left the balance unexplained since before a request that began then, where that may be its charge;
// zero: it isn't.
func (p *prover) lacks(ctx context.Context, began time.Time, charge decimal.Decimal) (decimal.Decimal, error) {
	from, err := p.sum.Journal.MomentBefore(ctx, p.sum.Account, began)
	if errors.Is(err, journal.ErrNoMoment) {
		return decimal.Zero, nil
	}
	if err != nil {
		return decimal.Zero, err
	}
	gap, err := p.gap(ctx, from, p.now)
	if err != nil || !gap.Lacks() || charge.GreaterThan(gap.Unexplained.Add(gap.Error)) {
		return decimal.Zero, err
	}
	return gap.Unexplained, nil
}

// future gives a time where the other hasn't come yet; zero: it has.
func (p *prover) future(at, until time.Time) time.Time {
	if until.After(p.now.Asked) {
		return at
	}
	return time.Time{}
}

// first gives when a moment after a request proved that nothing was charged for it, the first one of those that are
// worth a comparison; the last one at the latest.
func (p *prover) first(
	ctx context.Context,
	from journal.Moment,
	charge decimal.Decimal,
	ended time.Time,
) (time.Time, error) {
	all, err := p.sum.Journal.MomentsSince(ctx, p.sum.Account, ended)
	if err != nil {
		return time.Time{}, err
	}
	for _, m := range p.some(all) {
		gap, err := p.gap(ctx, from, m)
		if err != nil {
			return time.Time{}, err
		}
		if gap.Absent(charge) {
			return m.At, nil
		}
	}
	return p.now.Asked, nil
}

// some are the moments that are worth a comparison, the first first: the last one that is far enough from now, and a
// few of those after it.
func (p *prover) some(all []journal.Moment) (some []journal.Moment) {
	far := p.now.Asked.Add(-p.steady)
	for i, m := range all {
		switch {
		case !m.At.Before(p.now.Asked):
			return some
		case m.At.After(far) && (len(some) == 0 || m.At.Sub(some[len(some)-1].At) >= p.steady/apart):
			some = append(some, m)
		case !m.At.After(far) && (i+1 == len(all) || all[i+1].At.After(far)):
			some = append(some, m)
		}
	}
	return some
}

// apart is how many moments are compared in the time that two must lie apart.
const apart = 8

func (p *prover) gap(ctx context.Context, from, to journal.Moment) (journal.Gap, error) {
	if gap, is := p.gaps[p.key(from, to)]; is {
		return gap, nil
	}
	gap, err := p.sum.Journal.Gap(ctx, from, to)
	if err == nil {
		p.gaps[p.key(from, to)] = gap
	}
	return gap, err
}

func (p *prover) key(from, to journal.Moment) [2]int64 {
	return [2]int64{from.At.UnixMilli(), to.At.UnixMilli()}
}

func clock(t time.Time) string { return t.Local().Format(time.DateTime) }
