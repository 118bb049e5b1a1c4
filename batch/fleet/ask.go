package fleet

import (
	"context"
	"errors"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/journal"
)

// aloneWait is how long a worker waits before it looks again whether another process still asks about orders.
const aloneWait = time.Minute

// ask asks how the orders stand that are due, by the worker's schedule: one process at a time does that for a journal.
func (w *Worker) ask(ctx context.Context) error {
	rounds := desk.Rounds{All: true, Schedule: w.Asks, Next: w.AsksNext, Told: func(done desk.Refreshed, err error) {
		switch {
		case err != nil:
			w.Told(Event{What: Failed, Batch: done.Batch.ID, Err: err})
		case done.Round.Calls > 0:
			w.Told(Event{What: Refreshed, Batch: done.Batch.ID, Asked: &done})
		}
	}}
	for {
		_, err := w.Desk.Rounds(ctx, rounds)
		var held *journal.HeldError
		if errors.As(err, &held) { // which may be one of another machine, and writes no results on this one
			err = w.Desk.RenewHere(ctx)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, journal.ErrBroken) && !journal.Passes(err):
			return err
		case err != nil:
			w.Told(Event{What: Failed, Err: err})
		}
		select {
		case <-time.After(aloneWait):
		case <-ctx.Done():
			return nil
		}
	}
}
