package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch"
	"bulkorder/batch/journal"
)

// send sends what a batch has queued to each of its panels, at each one's rate. Where a cap or a pilot bounds
// the batch as a whole the panels are gone through one after another.
func (w *work) send(ctx context.Context, b journal.Batch, all []*opened, o Sending) (batch.End, error) {
	together := &together{watch: o.Progress, of: map[string]batch.Progress{}, sum: oneCurrency(all)}
	ends := make([]batch.End, len(all))
	var g errgroup.Group
	if b.MaxSpend.Valid || o.Limit > 0 {
		g.SetLimit(1)
	}
	left := o.Limit
	for i, on := range all {
		g.Go(func() (err error) {
			if o.Limit > 0 && left == 0 {
				return nil
			}
			s := batch.Submitter{
				Journal:     w.journal,
				Batch:       b,
				Panel:       on.Panel,
				Pace:        on.calls,
				Concurrency: cmp.Or(on.Concurrency, on.rate().Concurrency()),
				Limit:       left,
				Log:         w.desk.Log,
			}
			if o.Progress != nil {
				s.Progress = func(p batch.Progress) { together.tell(on.Name(), p) }
			}
			ends[i], err = s.Run(ctx)
			if o.Limit > 0 { // one after another
				left -= min(left, ends[i].Rows)
			}
			if len(all) > 1 && ends[i].Words != "" {
				ends[i].Words = on.Name() + ": " + ends[i].Words
			}
			return err
		})
	}
	err := g.Wait()
	return worst(ends), err
}

// worst joins the ends of a batch's panels: the one that a person must hear of first, and all that was sent.
func worst(ends []batch.End) batch.End {
	gravity := []batch.Stop{
		batch.Done, batch.AtLimit, batch.Waiting, batch.Interrupted, batch.Unreachable, batch.Ill, batch.FundsShort,
		batch.KeyRefused, batch.Unwritable, batch.Alarm,
	}
	first := slices.MaxFunc(
		ends,
		func(a, b batch.End) int {
			return cmp.Compare(slices.Index(gravity, a.Stop), slices.Index(gravity, b.Stop))
		},
	)
	first.Sent, first.Rows = 0, 0
	for _, e := range ends {
		first.Sent += e.Sent
		first.Rows += e.Rows
	}
	return first
}

// together adds up the progress of a batch's panels.
type together struct {
	watch func(batch.Progress)
	mu    sync.Mutex
	of    map[string]batch.Progress
	sum   bool // what is spent can be added up
}

func (t *together) tell(panel string, p batch.Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.of[panel] = p
	var sum batch.Progress
	for _, p := range t.of {
		sum.Total, sum.Placed, sum.Refused = sum.Total+p.Total, sum.Placed+p.Placed, sum.Refused+p.Refused
		sum.InDoubt, sum.Left, sum.Spent = sum.InDoubt+p.InDoubt, sum.Left+p.Left, sum.Spent.Add(p.Spent)
		sum.Remaining = max(sum.Remaining, p.Remaining)
	}
	if !t.sum {
		sum.Spent = decimal.Zero
	}
	t.watch(sum)
}

// askAfter asks for the statuses and charges of what was placed, and for the balances. What a panel
// doesn't answer now is asked another time: it is noted and harms nothing.
func (w *work) askAfter(ctx context.Context, b journal.Batch, all []*opened, end batch.End) []string {
	run := journal.Run{Ended: time.Now()}
	var notes []string
	if ctx.Err() == nil && !lost(end) {
		for _, o := range all {
			var g errgroup.Group
			after := journal.Run{Panel: o.Name()}
			if end.Sent > 0 {
				g.Go(func() error {
					balance, err := o.Panel.Balance(ctx)
					if err == nil {
						after.BalanceAfter = decimal.NewNullDecimal(balance.Amount)
					}
					return err
				})
			}
			f := batch.Follower{Journal: w.journal, Batch: b, Panel: o.Panel, Pace: o.calls}
			if unknown := errors.Join(f.AskNew(ctx), g.Wait()); unknown != nil {
				notes = append(
					notes,
					"the orders are placed, but not everything could be asked about them: "+unknown.Error(),
				)
			}
			if err := w.journal.Note(b, after); err != nil {
				notes = append(notes, err.Error())
			}
		}
	}
	// What stopped the run is told already.
	if err := w.journal.Note(b, run); err != nil && end.Stop != batch.Unwritable {
		notes = append(notes, err.Error())
	}
	return notes
}
