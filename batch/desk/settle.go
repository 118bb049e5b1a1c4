package desk

import (
	"context"
	"errors"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
)

// Settling says how rows in doubt are looked for.
type Settling struct {
	Wait bool          // not before the youngest can be settled
	Late time.Duration // of [batch.Settler]
}

// Settle looks for the orders of a batch's rows in doubt.
func (d *Desk) Settle(ctx context.Context, b journal.Batch, o Settling) (Outcome, error) {
	out := Outcome{Batch: b}
	err := d.holding(ctx, &out, func(w *work, all []*opened, lost error) (err error) {
		if lost != nil {
			out.Notes = append(out.Notes, "rows on a panel that can't be used now are not looked for: "+lost.Error())
		}
		settle := (*batch.Settler).Settle
		if o.Wait {
			settle = (*batch.Settler).SettleAll
		}
		out.Settlement, err = w.settleOn(ctx, b, all, o.Late, settle)
		return err
	})
	return out, err
}

// Decision is a person's word about a row in doubt.
type Decision struct {
	Line    int    // of the row in the sheet
	OrderID string // it is this order; empty: it was not placed
	Reason  string
}

// Decide keeps a person's word about a row in doubt.
func (d *Desk) Decide(ctx context.Context, b journal.Batch, o Decision) (Outcome, error) {
	out := Outcome{Batch: b}
	err := d.holding(ctx, &out, func(w *work, _ []*opened, _ error) error {
		e, err := w.journal.AtLine(ctx, b, o.Line)
		if err != nil {
			return err
		}
		s := &batch.Settler{Journal: w.journal, Batch: b, By: d.By}
		if o.OrderID != "" { // its absence needs no panel
			on, err := w.open(ctx, e.Panel)
			if err != nil {
				return err
			}
			s = w.settler(b, on, 0)
		}
		return s.Force(ctx, o.Line, o.OrderID, o.Reason)
	})
	return out, err
}

// holding gives the accounts of a batch that this process holds, its interrupted rows in doubt, and adds up how it
// stands afterwards.
func (d *Desk) holding(ctx context.Context, out *Outcome, do func(w *work, all []*opened, lost error) error) error {
	b := out.Batch
	w, err := d.onBatch(ctx, b)
	if err != nil {
		return err
	}
	hold, err := w.journal.Hold(b.ID, d.holder())
	if err != nil {
		return err
	}
	defer hold.Release()
	all, lost := w.openBatch(ctx, b, false)
	if len(all) == 0 {
		return lost
	}
	if _, err := w.journal.Recover(b); err != nil {
		return err
	}
	if err := do(w, all, lost); err != nil {
		return err
	}
	return w.sum(ctx, out)
}

// settleOn settles the rows in doubt on each panel.
func (w *work) settleOn(ctx context.Context, b journal.Batch, all []*opened, late time.Duration,
	settle func(*batch.Settler, context.Context) (batch.Settlement, error),
) (batch.Settlement, error) {
	var sum batch.Settlement
	for _, o := range all {
		one := w.settler(b, o, late)
		one.Hold = func(ctx context.Context) ([]journal.Batch, func(), error) { return w.holdBeside(ctx, b, o) }
		s, err := settle(one, ctx)
		sum.Join(s)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (w *work) settler(b journal.Batch, o *opened, late time.Duration) *batch.Settler {
	return &batch.Settler{Journal: w.journal, Batch: b, Panel: o.Panel, Pace: o.calls, By: w.desk.By, Late: late}
}

// holdBeside holds the other batches that have rows in doubt on an account, those that no other process holds, and
// finds their interrupted rows in doubt.
func (w *work) holdBeside(ctx context.Context, b journal.Batch, o *opened) (held []journal.Batch, release func(),
	err error,
) {
	var holds []*journal.Hold
	release = func() {
		for _, h := range holds {
			h.Release()
		}
	}
	doubts, err := w.journal.Doubts(ctx, b, o.Name())
	asked := map[string]bool{b.ID: true}
	for _, d := range doubts {
		if asked[d.Batch] || err != nil {
			continue
		}
		asked[d.Batch] = true
		var other *journal.HeldError
		hold, lost := w.journal.Hold(d.Batch, w.desk.holder())
		if errors.As(lost, &other) {
			continue
		}
		if err = lost; err != nil {
			continue
		}
		holds = append(holds, hold)
		var beside journal.Batch
		if beside, err = w.journal.Batch(ctx, d.Batch); err == nil {
			_, err = w.journal.Recover(beside)
			held = append(held, beside)
		}
	}
	if err != nil {
		release()
		return nil, nil, err
	}
	return held, release, nil
}
