package batch

import (
	"context"
	"errors"
	"time"

	"bulkorder/batch/journal"
)

// Refreshed is what a refresh of a batch came to.
type Refreshed struct {
	Outcome
	Round Round
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
	if watch {
		if r.Held, r.Lost, err = j.watchIdle(ctx, b); err != nil {
			return r, err
		}
	}
	var until time.Time
	if dueOnly {
		until = time.Now().Add(soon)
	}
	f := &Follower{Journal: j.Journal, Batch: b, Panel: j.Panel, Rate: j.rate()}
	var lost error
	r.Round, lost = f.Ask(ctx, until)
	r.Lost = errors.Join(r.Lost, lost)
	if errors.Is(lost, journal.ErrBroken) {
		return r, lost
	}
	// A cancelled refresh still tells how the batch stands.
	err = j.sum(context.WithoutCancel(ctx), &r.Outcome)
	r.Final = before.Open > 0 && r.Totals.Open == 0
	return r, err
}

// watchIdle watches the services of a batch's rows not yet sent, where nobody works on them. unknown is why
// the catalogue couldn't be read.
func (j *Job) watchIdle(ctx context.Context, b journal.Batch) (held int, unknown, err error) {
	totals, err := j.Journal.Totals(ctx, b)
	if err != nil || totals.States[journal.Queued]+totals.States[journal.Held] == 0 {
		return 0, nil, err
	}
	hold, err := j.Journal.Hold(b.ID, Holding(j.By))
	var other *journal.HeldError
	if errors.As(err, &other) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	defer hold.Release()
	catalogue, err := j.Panel.Services(ctx)
	if err != nil {
		return 0, err, nil
	}
	held, err = j.watch(ctx, b, catalogue)
	return held, nil, err
}
