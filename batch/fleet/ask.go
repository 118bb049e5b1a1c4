package fleet

import (
	"context"
	"errors"
	"sync"
	"time"

	"bulkorder/batch/desk"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
)

// aloneWait is how long a worker waits before it looks again whether another process still asks about orders.
const aloneWait = time.Minute

// ask asks how the orders stand that are due: as people said in the books, or by the worker's own schedule where nobody
// said anything.
func (w *Worker) ask(ctx context.Context) error {
	for ctx.Err() == nil {
		said, err := w.said(ctx)
		if err != nil {
			w.Told(Event{What: Failed, Err: err})
			rest(ctx, aloneWait)
			continue
		}
		turn, end := context.WithCancel(ctx)
		var watch sync.WaitGroup
		watch.Go(func() {
			defer end()
			w.untilSaid(turn, said)
		})
		err = w.keep(turn, w.scheduleOf(said))
		end()
		if watch.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// said is what counts of what people said in the books; zero: nobody said anything.
func (w *Worker) said(ctx context.Context) (journal.Schedule, error) {
	all, err := w.Desk.Asking(ctx, 1)
	if err != nil || len(all) == 0 {
		return journal.Schedule{}, err
	}
	return all[0], nil
}

// scheduleOf is by what orders are asked about; nil: they aren't.
func (w *Worker) scheduleOf(said journal.Schedule) *follow.Schedule {
	if said.N == 0 {
		return w.Asks
	}
	if !said.Asks(time.Now()) {
		return nil
	}
	s, err := follow.Every(said.Every)
	if err != nil {
		return nil
	}
	return &s
}

// untilSaid waits until something else is said, or until what is said has ended.
func (w *Worker) untilSaid(ctx context.Context, said journal.Schedule) {
	asked := said.Asks(time.Now())
	for rest(ctx, look) {
		now, err := w.said(ctx)
		if err == nil && (now.N != said.N || asked && !now.Asks(time.Now())) {
			return
		}
	}
}

// rest waits, and tells whether there is still something to wait for.
func rest(ctx context.Context, wait time.Duration) bool {
	select {
	case <-time.After(wait):
		return true
	case <-ctx.Done():
		return false
	}
}

// keep asks by a schedule: one process at a time does that for a journal.
func (w *Worker) keep(ctx context.Context, by *follow.Schedule) error {
	if by == nil {
		if w.AsksNext != nil {
			w.AsksNext(time.Time{})
		}
		<-ctx.Done()
		return nil
	}
	rounds := desk.Rounds{All: true, Schedule: by, Next: w.AsksNext, Told: func(done desk.Refreshed, err error) {
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
		if !rest(ctx, aloneWait) {
			return nil
		}
	}
}
