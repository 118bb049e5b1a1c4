package settle

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// How old the last look at an account may be while rows leave.
const (
	lookAge    = 60 * time.Second
	lookSpaces = 10 // orders apart at least, where a panel takes few
)

// OldestLook says how old the last look may be while rows leave at a pace; the next one begins before.
func OldestLook(p *pace.Pace) time.Duration {
	return max(lookAge, lookSpaces*pace.Spacing(p.Current()))
}

// Looker looks at an account while rows of a batch leave: what new orders were charged, what is left, and whether the
// catalogue is what it was. From a look follows what may still be sent: price and cap hold as of the last one.
type Looker struct {
	Journal     *journal.Journal
	Batch       journal.Batch
	Panel       *panel.Client
	Pace        *pace.Pace
	AcceptPrice bool // a person approves what is charged now
	All         bool // also where each order takes a call of its own
	By          string
	Late        time.Duration // of [Settler]
	Since       time.Time     // when the balance was asked with which the run began
	Before      decimal.NullDecimal

	single bool // the panel refuses to tell of many orders at once
}

// Looked is what a look saw.
type Looked struct {
	Began    time.Time
	Asked    time.Time         // when the balance was asked
	Charges  []journal.Charged // of orders that were new
	Held     int               // rows that are held now, since their service became dearer or another
	Repriced bool              // a person approves a price that rows have now
	Alarm    string            // a charge above what was approved; empty: there is none
	Balance  decimal.NullDecimal
	Silence  error // why not all of it was answered
	Priced   bool  // the catalogue was looked at
	Tried    bool  // the sum was tried

	Moment journal.Moment // where the sum was struck
	Gap    journal.Gap    // what lies between it and the last moment before the time that was asked for
	Turned Turned         // what became of the rows that were turned away

	Resent  bool    // it was for rows that are to be sent again
	Doubted []int64 // of them, those that are in doubt now
}

// Looking says what a look is for, beyond the statuses of new orders and the balance.
type Looking struct {
	Catalogue bool
	Placed    []int64   // rows whose charge is wanted, if another process asked about their orders
	Sum       time.Time // the sum is struck, and compared with how the account stood before this; zero: it isn't
	// Resent are rows that were told to wait more than once and are to be sent again, and when that was first. Those are
	// put in doubt whose charge may have left the balance. Nothing may be under way.
	Resent map[int64]time.Time
}

// Look asks for the statuses of new orders and for the balance, and for the catalogue where that is wanted, or where
// the statuses aren't told. Where the sum is wanted nothing may be under way, and the other open orders of the account
// are asked too. An error says that nothing of use was answered.
func (l *Looker) Look(ctx context.Context, o Looking) (Looked, error) {
	s := Looked{Began: time.Now()}
	if err := l.Journal.SyncMark(); err != nil {
		return s, err
	}
	if err := l.Journal.Flush(); err != nil { // answers that came are in the books then
		return s, err
	}
	fresh, err := l.Journal.Unasked(ctx, l.Batch, l.Panel.Panel.Name)
	if err != nil {
		return s, err
	}
	fresh = l.chosen(fresh)
	s.Tried, s.Resent = !o.Sum.IsZero(), len(o.Resent) > 0
	// A panel that doesn't answer about orders may answer the rest while the look still counts.
	asking, enough := context.WithTimeout(ctx, OldestLook(l.Pace)/2)
	unknown := l.statuses(asking, o, fresh, s.Began)
	unsighted := l.settler().Sight(asking, time.Time{}, sightCalls)
	enough()
	if errors.Is(unsighted, journal.ErrBroken) { // else it is as if nothing had been there
		return s, unsighted
	}
	err = l.balance(ctx, &s, o, unknown)
	s.Silence = errors.Join(unknown, err)
	if o.Catalogue || unknown != nil {
		unpriced := l.price(ctx, &s)
		if s.Silence != nil && unpriced != nil {
			return s, errors.Join(s.Silence, unpriced)
		}
		s.Silence = errors.Join(s.Silence, unpriced)
	}
	if errors.Is(s.Silence, journal.ErrBroken) || errors.Is(s.Silence, errCurrency) || ctx.Err() != nil {
		return s, errors.Join(s.Silence, ctx.Err())
	}
	if err := l.charges(ctx, &s, fresh, o.Placed); err != nil {
		return s, err
	}
	return s, l.unread(ctx, &s, fresh)
}

// statuses asks about new orders; where the sum is wanted, about all of the account that may still change.
func (l *Looker) statuses(ctx context.Context, o Looking, fresh []journal.Followed, began time.Time) error {
	if !o.Sum.IsZero() {
		return l.sum().askOpen(ctx, began)
	}
	f := follow.Follower{Journal: l.Journal, Batch: l.Batch, Panel: l.Panel, Pace: l.Pace}
	err := f.Orders(ctx, fresh)
	l.single = l.single || f.Single
	return err
}

// balance asks for the balance, and strikes the sum where that is wanted and the statuses are told.
func (l *Looker) balance(ctx context.Context, s *Looked, o Looking, unknown error) error {
	sum := l.sum()
	switch {
	case s.Resent && unknown == nil:
		return l.resent(ctx, s, o)
	case o.Sum.IsZero() || unknown != nil:
		if err := l.Pace.Turn(ctx); err != nil {
			return err
		}
		s.Asked = time.Now()
		balance, err := sum.asked(ctx)
		s.Balance = decimal.NullDecimal{Decimal: balance.Amount, Valid: err == nil}
		return err
	}
	now, err := sum.balance(ctx, s.Began)
	if errors.Is(err, journal.ErrUnquiet) {
		return nil // another process sends on the account: nothing can be compared now
	}
	if err != nil {
		return err
	}
	s.Moment, s.Balance = now, decimal.NewNullDecimal(now.Balance)
	if s.Gap, err = sum.Since(ctx, o.Sum, now); err != nil && !errors.Is(err, journal.ErrNoMoment) {
		return err
	}
	s.Turned, err = sum.Turn(ctx, l.Batch, l.By, now, l.Late)
	return err
}

func (l *Looker) sum() *Sum { return l.settler().Sum() }

func (l *Looker) settler() *Settler {
	return &Settler{Journal: l.Journal, Batch: l.Batch, Panel: l.Panel, Pace: l.Pace, By: l.By, Late: l.Late}
}

// chosen are the orders that a look asks about: the newest of each service, where each takes a call of its own.
func (l *Looker) chosen(fresh []journal.Followed) []journal.Followed {
	if l.All || !l.single && l.Panel.StatusesAtOnce() > 1 {
		return fresh
	}
	newest := map[string]journal.Followed{}
	for _, o := range fresh {
		newest[o.Service] = o
	}
	return slices.Collect(maps.Values(newest))
}

// price holds rows whose service isn't in the catalogue as it was approved.
func (l *Looker) price(ctx context.Context, s *Looked) error {
	if err := l.Pace.Turn(ctx); err != nil {
		return err
	}
	now, err := l.Panel.Services(ctx)
	if err != nil {
		return err
	}
	held, err := follow.Watcher{Journal: l.Journal, Batch: l.Batch, AcceptPrice: l.AcceptPrice}.Watch(ctx, l.Panel.Panel.Name,
		now)
	s.Held += held
	s.Priced = err == nil
	return err
}

// charges holds the rows of services that were charged above what was approved.
func (l *Looker) charges(ctx context.Context, s *Looked, fresh []journal.Followed, placed []int64) error {
	seqs := slices.Clone(placed)
	for _, o := range fresh {
		seqs = append(seqs, o.Seq)
	}
	var err error
	if s.Charges, err = l.Journal.Charges(ctx, l.Batch, seqs); err != nil {
		return err
	}
	swapped, err := l.exchanged(s)
	if err != nil {
		return err
	}
	twice, err := l.givenTwice(ctx, s)
	if err != nil {
		return err
	}
	above := map[string][]journal.Charged{}
	for _, c := range s.Charges {
		if c.Above() && !swapped[c.Seq] && !twice[c.Seq] {
			above[c.Service] = append(above[c.Service], c)
		}
	}
	for _, service := range slices.Sorted(maps.Keys(above)) {
		if err := l.above(above[service], s); err != nil {
			return err
		}
	}
	return nil
}

// above holds the rows of a service whose orders were charged above what was approved, or notes that a person approves
// that.
func (l *Looker) above(all []journal.Charged, s *Looked) error {
	c := slices.MaxFunc(all, func(a, b journal.Charged) int {
		return a.Charge.Sub(a.Approved).Cmp(
			b.Charge.Sub(b.Approved))
	})
	service := journal.Service{Panel: c.Panel, Service: panel.Service{ID: c.Service}}
	if l.AcceptPrice {
		seqs := make([]int64, len(all))
		for i, one := range all {
			seqs[i] = one.Seq
		}
		s.Repriced = true
		return l.Journal.ApproveCharged(l.Batch, service, seqs, c.Rate())
	}
	words := fmt.Sprintf(
		"order %s (row %s) was charged %s where %s was approved",
		c.OrderID,
		c.Line,
		c.Charge,
		c.Approved,
	)
	s.Alarm = fmt.Sprintf("service %s became dearer while its rows left: %s", c.Service, words)
	held, err := l.Journal.HoldService(l.Batch, service, journal.Dear, words)
	s.Held += held
	return err
}
