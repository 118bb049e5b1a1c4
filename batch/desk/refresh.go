package desk

import (
	"context"
	"errors"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
)

// Refreshed is what a refresh of a batch came to.
type Refreshed struct {
	Outcome
	Round batch.Round
	Held  int   // rows not yet sent that are held now because of what became of their services
	Final bool  // with this refresh the last open order became final
	Lost  error // what could not be asked, and why; nil: everything was answered
}

// soon is how much sooner than due an order is asked about, so that it isn't left for the schedule's next
// time by the seconds that a round takes.
const soon = time.Minute

// Refresh asks how the orders of a batch stand that aren't final: all of them, or those alone that are due. It
// watches the services of rows not yet sent where that is wanted and no other process works on them.
// [*journal.HeldError]: another process asks about them already.
func (j *Job) Refresh(ctx context.Context, b journal.Batch, dueOnly, watch bool) (Refreshed, error) {
	j.opened = nil
	r := Refreshed{Outcome: Outcome{Batch: b}}
	hold, err := j.Journal.HoldFollowing(b.ID, Holding(j.By))
	if err != nil {
		return r, err
	}
	defer hold.Release()
	if _, err := j.Journal.RecoverRequests(ctx, b, time.Now()); err != nil {
		return r, err
	}
	before, err := j.Journal.Totals(ctx, b)
	if err != nil {
		return r, err
	}
	all, lost := j.openBatch(ctx, b, false)
	if len(all) == 0 {
		return r, lost
	}
	r.Lost = lost
	if watch {
		if r.Held, lost, err = j.watchIdle(ctx, b, all); err != nil {
			return r, err
		}
		r.Lost = errors.Join(r.Lost, lost)
	}
	var until time.Time
	if dueOnly {
		until = time.Now().Add(soon)
	}
	for _, o := range all {
		f := &batch.Follower{Journal: j.Journal, Batch: b, Panel: o.Panel, Rate: o.rate(), Pace: o.Calls}
		round, lost := f.Ask(ctx, until)
		if errors.Is(lost, journal.ErrBroken) {
			return r, lost
		}
		r.Round.Add(round)
		r.Lost = errors.Join(r.Lost, lost)
	}
	// A cancelled refresh still tells how the batch stands.
	err = j.sum(context.WithoutCancel(ctx), &r.Outcome)
	r.Final = before.Open > 0 && r.Totals.Open == 0
	return r, err
}

// watchIdle watches the services of a batch's rows not yet sent, where nobody works on them. unknown is why
// a catalogue couldn't be read.
func (j *Job) watchIdle(ctx context.Context, b journal.Batch, all []*opened) (held int, unknown, err error) {
	for _, o := range all {
		waiting, err := j.Journal.Unsent(ctx, b, o.name())
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
		hold, err := j.Journal.Hold(b.ID, Holding(j.By))
		var other *journal.HeldError
		if errors.As(err, &other) {
			return held, unknown, nil
		}
		if err != nil {
			return held, unknown, err
		}
		n, err := j.watcher(b).Watch(ctx, o.name(), catalogue)
		held += n
		if err = errors.Join(err, hold.Release()); err != nil {
			return held, unknown, err
		}
	}
	return held, unknown, nil
}
