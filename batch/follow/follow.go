// Package follow asks a panel what became of a batch's orders ([Follower]), on a schedule ([Schedule]), and whether what
// is offered is still what rows were checked against ([Watcher]).
package follow

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// Follower asks how the orders of a batch on one panel stand. Whoever runs it follows the batch
// ([journal.Journal.HoldFollowing]), or holds it.
type Follower struct {
	Journal *journal.Journal
	Batch   journal.Batch
	Panel   *panel.Client
	Pace    *pace.Pace // calls, like orders, are requests that a panel limits
	Single  bool       // orders are asked about one by one; it becomes so where the panel refuses many at once

	mu    sync.Mutex
	round Round
	lost  int // calls in a row that failed
}

// Round is what came of asking once.
type Round struct {
	Orders  int // that were asked about
	Refills int
	Changed int // orders and refills of which the panel told something new
	Silent  int // orders that the answers didn't tell of
	Calls   int
	Failed  int // calls that came to nothing, whatever was tried; what they were about is asked another time
}

// Add adds what came of other calls.
func (r *Round) Add(o Round) {
	r.Orders, r.Refills, r.Changed = r.Orders+o.Orders, r.Refills+o.Refills, r.Changed+o.Changed
	r.Silent, r.Calls, r.Failed = r.Silent+o.Silent, r.Calls+o.Calls, r.Failed+o.Failed
}

const (
	callsAtOnce = 8 // calls that are under way at once
	lostInARow  = 3 // the panel is away: the rest is asked another time
)

// Ask asks about the orders that aren't final and the refills that may still change, those that are due
// until then first; a zero time: all. An error says what wasn't answered; the round tells what was.
func (f *Follower) Ask(ctx context.Context, until time.Time) (Round, error) {
	open, err := f.Journal.Open(ctx, f.Batch, f.Panel.Panel.Name, until)
	if err != nil {
		return f.round, err
	}
	refills, err := f.Journal.OpenRefills(ctx, f.Batch, f.Panel.Panel.Name, until)
	if err != nil {
		return f.round, err
	}
	err = f.Orders(ctx, open)
	if err == nil || f.lost < lostInARow && ctx.Err() == nil {
		err = errors.Join(err, each(ctx, f, refills, f.Panel.Panel.RefillStatusesAtOnce(), f.refills))
	}
	return f.round, err
}

func (f *Follower) Orders(ctx context.Context, open []journal.Followed) error {
	return each(ctx, f, open, f.Panel.StatusesAtOnce(), f.ask)
}

// each calls ask for as many of all at a time as one call may hold. A call that fails leaves what it was
// about for another time; several in a row, or a key that is refused, end the round.
func each[T any](ctx context.Context, f *Follower, all []T, atOnce int, ask func(context.Context, []T) error) error {
	g, calls := errgroup.WithContext(ctx)
	g.SetLimit(callsAtOnce)
	var first error
	for some := range slices.Chunk(all, atOnce) {
		if calls.Err() != nil {
			break
		}
		g.Go(func() error {
			err := ask(calls, some)
			if err == nil {
				f.answered()
				return nil
			}
			return f.failed(err, &first)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return errors.Join(first, ctx.Err())
}

func (f *Follower) answered() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lost = 0
}

// failed counts a call that failed and gives its error where it ends the round; otherwise the first one is
// kept to be told.
func (f *Follower) failed(err error, first *error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.round.Failed++
	f.lost++
	if *first == nil {
		*first = err
	}
	var refusal *panel.Refusal
	if f.lost >= lostInARow || errors.As(err, &refusal) && refusal.Class == panel.ClassKey ||
		errors.Is(err, journal.ErrBroken) {
		return err
	}
	return nil
}

// turn waits until the next call may go.
func (f *Follower) turn(ctx context.Context) error {
	if err := f.Pace.Turn(ctx); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.round.Calls++
	return nil
}

// ask asks about up to [panel.Many] orders, one by one where the panel refuses to tell of many.
func (f *Follower) ask(ctx context.Context, some []journal.Followed) error {
	f.mu.Lock()
	single := (f.Single || f.Panel.StatusesAtOnce() == 1) && len(some) > 1
	f.mu.Unlock()
	if !single {
		err := f.status(ctx, some)
		var refusal *panel.Refusal
		if len(some) == 1 || !errors.As(err, &refusal) || refusal.Class == panel.ClassKey ||
			refusal.Class == panel.ClassRate {
			return err
		}
		f.mu.Lock()
		f.Single = true
		f.mu.Unlock()
	}
	for i := range some {
		if err := f.status(ctx, some[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// status makes one call and stores what it told. What the answer lacks stays as it was, but for the words.
func (f *Follower) status(ctx context.Context, some []journal.Followed) error {
	ids := make([]string, len(some))
	for i, o := range some {
		ids[i] = o.OrderID
	}
	statuses, err := f.Panel.Statuses(ctx, ids, f.turn)
	if err != nil &&
		!errors.Is(err, panel.ErrUnclear) { // an order that is answered oddly is no reason to leave the others
		return err
	}
	now, silent := time.Now(), 0
	checked := make([]journal.Checked, len(some))
	for i, o := range some {
		s, told := statuses[o.OrderID]
		if !told {
			s.Error, silent = "the answer didn't tell of this order clearly", silent+1
		}
		checked[i] = journal.Checked{Seq: o.Seq, At: now, Status: s}
		if s.Error != "" || !journal.StandingOf(s.Status).Final() {
			checked[i].Due = due(now, o.SentAt, o.ChangedAt)
		}
	}
	changed, err := f.Journal.Check(f.Batch, checked)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.round.Orders, f.round.Silent, f.round.Changed = f.round.Orders+len(
		some,
	), f.round.Silent+silent, f.round.Changed+changed
	return err
}

// refills makes one call about refills and stores what it told.
func (f *Follower) refills(ctx context.Context, some []journal.Request) error {
	if err := f.turn(ctx); err != nil {
		return err
	}
	ids := make([]string, len(some))
	for i, r := range some {
		ids[i] = r.Ref
	}
	receipts, err := f.Panel.RefillStatus(ctx, ids)
	if err != nil {
		return err
	}
	now := time.Now()
	for i := range some {
		r := &some[i]
		switch receipt, told := receipts[r.Ref]; {
		case !told:
			r.Words = "the answer didn't tell of this refill clearly"
		case receipt.Error != "":
			r.Words = receipt.Error
		default:
			r.Status, r.Words = receipt.ID, ""
		}
		r.Due = time.Time{}
		if !journal.RefillStanding(r.Status).Final() {
			r.Due = due(now, r.At)
		}
	}
	changed, err := f.Journal.CheckRefills(f.Batch, some, now)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.round.Refills, f.round.Changed = f.round.Refills+len(some), f.round.Changed+changed
	return err
}

// longestRest is the longest time between two questions about one order.
const longestRest = 6 * time.Hour

// due tells when an order is asked about next: a twenty-fourth of the time since something was heard of it
// later, so that an order of a day is asked about every hour, and soon after each change.
func due(now time.Time, heard ...time.Time) time.Time {
	last := slices.MaxFunc(heard, time.Time.Compare)
	return now.Add(min(max(now.Sub(last)/24, 0), longestRest))
}
