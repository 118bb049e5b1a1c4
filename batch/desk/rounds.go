package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Rounds refreshes batches, once or on a schedule.
type Rounds struct {
	Names    []string // of batches; none: the last one
	All      bool     // all batches that have open orders, or results that are out of date
	Due      bool     // ask only about orders that are due, as a schedule does
	Until    bool     // end a schedule when all orders are final
	Schedule *follow.Schedule
	Results  Results

	// Told takes what the refresh of a batch came to, or why it failed, or both.
	Told func(Refreshed, error)
	// Next is told when a schedule's next round is; nil: nobody wants to know.
	Next func(time.Time)
	// AllFinal is told when a round of a schedule finds that nothing may change any more, which the one before didn't; nil:
	// nobody wants to know.
	AllFinal func()

	desk     *Desk
	journal  *journal.Journal
	rounds   int       // begun so far
	watched  time.Time // when services were last looked at
	failures []error   // of this round
	left     int       // batches of this round that may still change, or are being worked on
	idle     bool      // none may change since the last round
}

// Rounds refreshes batches and gives how many there were. Its error is one that ends it; with one that concerns a
// batch alone the others go on, and all of these are given in the end.
func (d *Desk) Rounds(ctx context.Context, r Rounds) (batches int, err error) {
	r.desk = d
	if r.journal, err = d.Journal(ctx); err != nil {
		return 0, err
	}
	if r.Schedule == nil {
		n, err := r.round(ctx)
		if err == nil {
			err = errors.Join(r.failures...)
		}
		return n, err
	}
	hold, err := r.journal.HoldSchedule(d.holder())
	if err != nil {
		return 0, err
	}
	defer hold.Release()
	return 0, r.Schedule.Keep(ctx, func(ctx context.Context) (bool, error) {
		_, err := r.round(ctx)
		final := err == nil && r.left == 0 && len(r.failures) == 0
		if final && !r.idle && r.AllFinal != nil {
			r.AllFinal()
		}
		r.idle = final
		return r.Until && final, err
	}, r.Next)
}

// watchEvery is how often a schedule looks at the catalogue: one panel gives it ten times an hour.
const watchEvery = 30 * time.Minute

// round refreshes each batch once. What goes wrong with a batch ends a schedule only in its first round,
// where it isn't the panel that is away.
func (r *Rounds) round(ctx context.Context) (int, error) {
	batches, err := r.batches(ctx)
	if err != nil {
		return 0, err
	}
	r.rounds++
	r.failures, r.left = nil, 0
	o := Refreshing{DueOnly: r.Due || r.Schedule != nil, Watch: time.Since(r.watched) >= watchEvery, Results: r.Results}
	if o.Watch {
		r.watched = time.Now()
	}
	for _, b := range batches {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		done, err := r.desk.Refresh(ctx, b, o)
		o.Unheard = o.Unheard || done.Unheard // who doesn't answer isn't waited for again and again
		var unwritten *UnwrittenError
		asked := err == nil || errors.As(err, &unwritten)
		if asked {
			err = errors.Join(done.Lost, err)
		}
		if asked && (done.Open || done.Busy) {
			r.left++
		}
		alone := r.Schedule == nil && len(batches) == 1
		if err != nil && (alone || errors.Is(err, journal.ErrBroken) || r.rounds == 1 && isFatal(err)) {
			if asked {
				r.Told(done, nil)
			}
			return 0, err
		}
		if err != nil {
			r.failures = append(r.failures, err)
		}
		if !asked {
			done = Refreshed{}
		}
		r.Told(done, wrap(b, err))
	}
	return len(batches), nil
}

func wrap(b journal.Batch, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("batch %s: %w", b.ID, err)
}

// isFatal tells errors that another round would meet again.
func isFatal(err error) bool {
	var mistake *Mistake
	var refusal *panel.Refusal
	return errors.As(err, &mistake) || errors.As(err, &refusal) && refusal.Class == panel.ClassKey
}

// batches finds the batches that are meant.
func (r *Rounds) batches(ctx context.Context) ([]journal.Batch, error) {
	if !r.All {
		return r.named(ctx)
	}
	all, err := r.journal.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var wrong error
	return slices.DeleteFunc(all, func(b journal.Batch) bool {
		open, err := r.journal.IsOpen(ctx, b)
		wrong = errors.Join(wrong, err)
		unwritten := b.Workbook != "" && b.Revision > b.Written && !r.desk.elsewhere(r.journal, b, r.Results)
		return !open && !unwritten
	}), wrong
}

func (r *Rounds) named(ctx context.Context) ([]journal.Batch, error) {
	names := r.Names
	if len(names) == 0 {
		names = []string{""}
	}
	var found []journal.Batch
	var ids []string
	for _, name := range names {
		b, err := r.journal.Batch(ctx, name)
		if err != nil {
			return nil, err
		}
		found, ids = append(found, b), append(ids, b.ID)
	}
	r.Names = ids // a schedule stays with these though another batch begins
	return found, nil
}
