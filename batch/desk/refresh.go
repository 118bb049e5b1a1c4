package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/settle"
)

// Refreshing says how a batch is refreshed.
type Refreshing struct {
	DueOnly bool // ask only about orders that are due
	Watch   bool // look at the services of rows not yet sent too, where no other process works on them
	Unheard bool // nobody takes notices now: they wait for another refresh
	Results Results
}

// Refreshed is what a refresh of a batch came to.
type Refreshed struct {
	Outcome
	Round follow.Round
	Held  int   // rows not yet sent that are held now because of what became of their services
	Final bool  // with this refresh the last open order became final
	Open  bool  // orders or refills may still change
	Busy  bool  // another process works on the batch's rows
	Lost  error // what could not be asked, and why; nil: everything was answered

	Unheard bool // that all is final could not be told
}

// soon is how much sooner than due an order is asked about, so that it isn't left for the schedule's next
// time by the seconds that a round takes.
const soon = time.Minute

// Refresh asks how the orders of a batch stand that aren't final, and writes the results again where they are out of
// date. [*journal.HeldError]: another process asks about them already. Where the results alone couldn't be written,
// what was asked is told with the error.
func (d *Desk) Refresh(ctx context.Context, b journal.Batch, o Refreshing) (Refreshed, error) {
	r := Refreshed{Outcome: Outcome{Batch: b}}
	if err := d.check(b.Columns, o.Results); err != nil {
		return r, err
	}
	w, err := d.onBatch(ctx, b)
	if err != nil {
		return r, err
	}
	hold, err := w.journal.HoldFollowing(b.ID, d.holder())
	if err != nil {
		return r, err
	}
	done := d.busy("asking how the orders of batch %s stand", b.ID)
	err = w.refresh(ctx, &r, o)
	done()
	hold.Release()
	if err != nil {
		return r, err
	}
	r.Busy = w.journal.Held(b.ID)
	if r.Open, err = w.journal.IsOpen(ctx, b); err != nil {
		return r, err
	}
	return r, w.renewAndTell(context.WithoutCancel(ctx), &r, o, b.Revision > b.Written)
}

// renewAndTell writes the results again, and tells who isn't watching that all is final: with this refresh, or with one
// that ended before it could tell that. behind says that the results were out of date before this refresh.
func (w *work) renewAndTell(ctx context.Context, r *Refreshed, o Refreshing, behind bool) error {
	states := r.Totals.States
	if r.Totals.Open > 0 || states[journal.Placed] == 0 || states[journal.Queued]+states[journal.Sending] > 0 {
		return w.renew(ctx, &r.Outcome, o.Results, nil)
	}
	asked := false
	tell := func() bool {
		asked = true
		r.Unheard = o.Unheard || !w.desk.notify(ctx, &r.Outcome, Notice{Batch: r.Batch, Totals: r.Totals, Final: true})
		return !r.Unheard
	}
	if !r.Final && !behind {
		return w.renew(ctx, &r.Outcome, o.Results, nil)
	}
	err := w.renew(ctx, &r.Outcome, o.Results, tell)
	if r.Final && !asked { // no results are written here
		tell()
	}
	return err
}

// refresh asks about the orders of a batch, and the services of its rows.
func (w *work) refresh(ctx context.Context, r *Refreshed, o Refreshing) error {
	b := r.Batch
	if _, err := w.journal.RecoverRequests(ctx, b, time.Now()); err != nil {
		return err
	}
	before, err := w.journal.Totals(ctx, b)
	if err != nil {
		return err
	}
	all, lost := w.openBatch(ctx, b, false)
	if len(all) == 0 {
		return lost
	}
	r.Lost = lost
	if o.Watch {
		if r.Held, lost, err = w.watchIdle(ctx, b, all); err != nil {
			return err
		}
		r.Lost = errors.Join(r.Lost, lost)
	}
	var until time.Time
	if o.DueOnly {
		until = time.Now().Add(soon)
	}
	for _, on := range all {
		f := &follow.Follower{Journal: w.journal, Batch: b, Panel: on.Panel, Pace: on.calls}
		round, lost := f.Ask(ctx, until)
		if errors.Is(lost, journal.ErrBroken) {
			return lost
		}
		r.Round.Add(round)
		if lost == nil {
			lost = w.makeUpIdle(ctx, b, on, &r.Outcome)
		}
		if lost == nil {
			lost = w.settler(b, on, 0).Contradict(ctx)
		}
		if lost == nil && !w.journal.Held(b.ID) { // else who sends asks again
			lost = w.tellUnknown(ctx, on, &r.Outcome)
		}
		r.Lost = errors.Join(r.Lost, lost)
	}
	// A cancelled refresh still tells how the batch stands.
	err = w.sum(context.WithoutCancel(ctx), &r.Outcome)
	r.Final = before.Open > 0 && r.Totals.Open == 0
	return err
}

// tellUnknown tells of placed rows whose orders the panel says that it doesn't have: whoever waited for it to show them
// was stopped.
func (w *work) tellUnknown(ctx context.Context, o *opened, out *Outcome) error {
	rows, err := w.journal.Untold(ctx, out.Batch, o.Name(), time.Now().Add(-settle.Remembered))
	if err == nil && len(rows) > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("orders that %s gave and, asked about them, doesn't have: %d; `bulkorder "+
			"resume %s` asks again, and puts their rows in doubt", o.Name(), len(rows), out.Batch.ID))
	}
	return err
}

// renew writes the results of a batch where they are out of date, lost, or wanted at another place, and tells what is
// to be told of them, as [work.writeAndTell] does.
func (w *work) renew(ctx context.Context, out *Outcome, r Results, tell func() bool) (err error) {
	if w.desk.WriteResults == nil || w.desk.elsewhere(w.journal, out.Batch, r) {
		return nil
	}
	r.Path, err = r.Target(out.Batch)
	b := out.Batch
	if err == nil && (b.Revision > b.Written || r.Path != b.Workbook || !fileExists(r.Path)) {
		err = w.writeAndTell(ctx, out, r, tell)
	}
	if err != nil {
		return &UnwrittenError{err}
	}
	return nil
}

// UnwrittenError says that the results of a batch could not be written, though all else was done.
type UnwrittenError struct{ Err error }

func (e *UnwrittenError) Error() string {
	return fmt.Sprintf("the results could not be written; the statuses are in the journal: %v", e.Err)
}

func (e *UnwrittenError) Unwrap() error { return e.Err }

// watchIdle watches the services of a batch's rows not yet sent, where nobody works on them. unknown is why
// a catalogue couldn't be read.
func (w *work) watchIdle(ctx context.Context, b journal.Batch, all []*opened) (held int, unknown, err error) {
	for _, o := range all {
		waiting, err := w.journal.Unsent(ctx, b, o.Name())
		if err != nil {
			return held, unknown, err
		}
		if len(waiting) == 0 {
			continue
		}
		catalogue, lost := o.Panel.Services(ctx)
		if unknown = errors.Join(unknown, lost); lost != nil {
			continue
		}
		hold, err := w.journal.Hold(b.ID, w.desk.holder())
		var other *journal.HeldError
		if errors.As(err, &other) {
			return held, unknown, nil
		}
		if err != nil {
			return held, unknown, err
		}
		n, err := w.watcher(b, Word{}).Watch(ctx, o.Name(), catalogue)
		held += n
		if err = errors.Join(err, hold.Release()); err != nil {
			return held, unknown, err
		}
	}
	return held, unknown, nil
}
