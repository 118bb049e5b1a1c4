package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
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
	for i, on := range all {
		g.Go(func() (err error) {
			var begun []int64
			if o.Limit > 0 { // one after another: what the panels before sent counts too
				if begun, err = w.journal.SentAfter(ctx, b, o.after); err != nil {
					return err
				}
			}
			s := batch.Submitter{
				Journal:     w.journal,
				Batch:       b,
				Panel:       on.Panel,
				Pace:        on.calls,
				Concurrency: on.Concurrency,
				Limit:       o.Limit,
				Begun:       begun,
				Only:        o.only,
				AcceptPrice: o.accepts(),
				By:          w.desk.By,
				Late:        o.Late,
				Looked:      on.at,
				Balance:     decimal.NewNullDecimal(on.balance.Amount),
				Log:         w.desk.Log,
			}
			if o.Progress != nil {
				s.Progress = func(p batch.Progress) { together.tell(on.Name(), p) }
			}
			ends[i], err = s.Run(ctx)
			ends[i].Panel = on.Name()
			if ends[i].Stop == batch.KeyRefused {
				ends[i].Words += w.whoseKey(ctx, on)
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

// whoseKey tells whether a panel that refuses the key for an order takes it all the same.
func (w *work) whoseKey(ctx context.Context, o *opened) string {
	if _, err := o.Panel.Balance(ctx); err != nil {
		return ""
	}
	return "; it takes the key for the balance all the same, so this may be about the key of its own supplier: " +
		"ask the panel"
}

// worst joins the ends of a batch's panels: the one that a person must hear of first, and all that was sent.
func worst(ends []batch.End) batch.End {
	gravity := []batch.Stop{
		batch.Done, batch.AtLimit, batch.Waiting, batch.Paused, batch.Interrupted, batch.Unreachable, batch.Ill, batch.FundsShort,
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
		first.Alarm = cmp.Or(first.Alarm, e.Alarm)
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
	working := false
	for _, p := range t.of {
		sum.Total, sum.Placed, sum.Refused = sum.Total+p.Total, sum.Placed+p.Placed, sum.Refused+p.Refused
		sum.InDoubt, sum.Left, sum.Spent = sum.InDoubt+p.InDoubt, sum.Left+p.Left, sum.Spent.Add(p.Spent)
		sum.Remaining = max(sum.Remaining, p.Remaining)
		if p.Waits.For != "" {
			sum.Waits = p.Waits
		}
		working = working || p.Waits.For == "" && p.Left > 0
	}
	if working {
		sum.Waits = batch.Waits{}
	}
	if !t.sum {
		sum.Spent = decimal.Zero
	}
	t.watch(sum)
}

// askAfter looks at the accounts once more, since a run ends with its last orders' charges. What a panel doesn't answer
// now is asked another time: it is noted and harms nothing.
func (w *work) askAfter(ctx context.Context, b journal.Batch, all []*opened, s Sending, out *Outcome) {
	note := func(err error) {
		if err != nil && out.End.Stop != batch.Unwritable { // what stopped the run is told already
			out.Notes = append(out.Notes, err.Error())
		}
	}
	if ctx.Err() == nil && !lost(out.End) {
		for _, o := range all {
			note(w.lookAfter(ctx, b, o, s, out))
			if ctx.Err() == nil {
				note(w.keyedSince(ctx, b, o))
			}
		}
	}
	note(w.journal.Note(b, journal.Run{Ended: time.Now()}))
}

func (w *work) lookAfter(ctx context.Context, b journal.Batch, o *opened, s Sending, out *Outcome) error {
	fresh, err := w.journal.Unasked(ctx, b, o.Name())
	if err != nil {
		return err
	}
	l := &settle.Looker{
		Journal: w.journal, Batch: b, Panel: o.Panel, Pace: o.calls, AcceptPrice: s.accepts(), All: true, By: w.desk.By,
		Late: s.Late, Since: o.at, Before: decimal.NewNullDecimal(o.balance.Amount),
	}
	if len(fresh) == 0 && out.End.Sent == 0 { // nothing changed since the run began
		now := decimal.NewNullDecimal(o.balance.Amount)
		return errors.Join(w.unknown(ctx, l, o, now, out),
			w.journal.Note(b, journal.Run{Panel: o.Name(), BalanceAfter: now}))
	}
	if until := o.calls.StandsUntil(time.Now()); !until.IsZero() {
		return fmt.Errorf("the orders are placed; %s asks to wait until %s before it is asked about them",
			o.Name(), until.Format(time.DateTime))
	}
	var look settle.Looking
	unsure, err := w.unsure(ctx, b, o, o.began)
	if err != nil {
		return err
	}
	if unsure {
		look.Sum = o.began.Add(time.Millisecond)
	}
	seen, err := l.Look(ctx, look)
	out.End.Alarm = cmp.Or(seen.Alarm, out.End.Alarm)
	if err = errors.Join(err, seen.Silence); err != nil {
		err = fmt.Errorf("the orders are placed, but not everything could be asked about them: %w", err)
	}
	if err == nil {
		err = w.unknown(ctx, l, o, seen.Balance, out)
	}
	switch {
	case ctx.Err() != nil:
	case err == nil && seen.Balance.Valid:
		err = w.strike(ctx, b, o, seen, out)
	case err == nil && unsure:
		var words string
		words, err = w.unquiet(ctx, b, o)
		out.Notes = append(out.Notes, words)
	}
	if err == nil && ctx.Err() == nil {
		err = w.settler(b, o, s.Late).Contradict(ctx)
	}
	return errors.Join(err, w.journal.Note(b, journal.Run{Panel: o.Name(), BalanceAfter: seen.Balance}))
}

// unknown tells what became of rows whose orders the panel doesn't know though its answers gave them.
func (w *work) unknown(ctx context.Context, l *settle.Looker, o *opened, balance decimal.NullDecimal, out *Outcome) error {
	defer w.desk.busy("waiting until %s tells of orders that it doesn't know yet", o.Name())()
	u, err := l.Unknown(ctx, o.at, balance)
	if ctx.Err() != nil && out.End.Stop == batch.Done {
		out.End.Stop = batch.Interrupted
		out.End.Words = fmt.Sprintf("%s doesn't know all of its orders yet; `bulkorder resume %s` asks about them again",
			o.Name(), l.Batch.ID)
		return nil
	}
	if u.Doubted > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("rows in doubt whose orders %s gave and, asked about them, doesn't have: %d",
			o.Name(), u.Doubted))
	}
	if u.Blind > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("%s knows none of its orders when it is asked about them, of this batch %d, "+
			"though the balance fell by what they cost: its answers about orders seem to be worth nothing; look at its page of "+
			"orders, and ask the panel", o.Name(), u.Blind))
	}
	return err
}

// keyedSince says that the balances of a batch may be of two accounts; nil: they are of one.
func (w *work) keyedSince(ctx context.Context, b journal.Batch, o *opened) error {
	is, err := w.journal.KeyedSince(ctx, w.sumOf(b, o).Account, b.Created)
	if err != nil || !is {
		return err
	}
	return fmt.Errorf("%s was given another key since batch %s was read; it showed that key our orders, so it counts as one "+
		"account. If the keys are of two, the balances before and after are too", o.Name(), b.ID)
}
