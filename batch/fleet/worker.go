package fleet

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"bulkorder/batch/desk"
	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
)

// Worker is one process's work in the background.
type Worker struct {
	Desk  *desk.Desk
	Parts int              // batches under way at once
	Asks  *follow.Schedule // when orders are asked about unless people said otherwise in the books; nil: never
	Told  func(Event)      // hears what happens, from several goroutines
	// AsksNext is told when orders are asked about next; nil: nobody wants to know.
	AsksNext func(time.Time)

	mu    sync.Mutex
	under map[string]context.CancelFunc // the batches under way, by their id
	later map[string]time.Time          // batches that this worker leaves to others until then
}

// Event is something that a worker tells.
type Event struct {
	What    What
	Batch   string          // its id; empty: it is about none
	Outcome desk.Outcome    // of Ended and Postponed
	Asked   *desk.Refreshed // of Refreshed
	Until   time.Time       // of Postponed: when it is tried again
	Err     error           // of Left, Failed and Postponed
}

// What happened.
type What string

const (
	Begun     What = "begun"
	Ended     What = "ended"     // all is sent that can be, or a person must see to it
	Postponed What = "postponed" // the cause may pass
	Left      What = "left"      // this worker lacks what it takes, such as the key
	Refreshed What = "refreshed"
	Failed    What = "failed"
)

const (
	look     = time.Second      // how often a worker looks for jobs
	busyWait = 3 * time.Second  // how long a batch is left alone that another process works on
	lackWait = 10 * time.Minute // how long one is left to others that this worker can't send
)

// Run works until ctx is cancelled: then what is under way is finished and nothing new begins. Its error is one that
// ends the worker, such as [journal.ErrBroken] or a [*journal.BehindError].
func (w *Worker) Run(ctx context.Context) error {
	j, err := w.Desk.Journal(ctx)
	if err != nil {
		return err
	}
	if behind := j.Behind(); behind != nil {
		return behind
	}
	hold, err := w.Desk.HoldWorker(ctx)
	if err != nil {
		return err
	}
	defer hold.Release()
	w.under, w.later = map[string]context.CancelFunc{}, map[string]time.Time{}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return w.ask(ctx) })
	g.Go(func() error {
		var told time.Time
		for {
			err := w.turn(ctx, g, j)
			switch {
			case err == nil || ctx.Err() != nil:
			case !j.IsShared():
				return err
			case time.Since(told) > busyWait: // the server is away, and comes again
				told = time.Now()
				w.Told(Event{What: Failed, Err: err})
			}
			select {
			case <-time.After(look):
			case <-ctx.Done():
				return nil
			}
		}
	})
	return g.Wait()
}

// turn begins the jobs that are due, and ends those that a person paused.
func (w *Worker) turn(ctx context.Context, g *errgroup.Group, j *journal.Journal) error {
	jobs, err := w.Desk.Jobs(ctx)
	if err != nil {
		return err
	}
	pauses, err := j.Pauses(ctx)
	if err != nil {
		return err
	}
	for _, job := range jobs {
		switch stop := w.stopOf(job.Batch.ID); {
		case stop != nil && job.State == journal.JobPaused:
			stop()
		case stop == nil && w.begins(job, pauses, time.Now()):
			ctx, stop := context.WithCancel(ctx)
			w.put(job.Batch.ID, stop)
			g.Go(func() error {
				defer w.done(job.Batch.ID)
				return w.send(ctx, job)
			})
		}
	}
	return nil
}

// begins tells whether a job is one to begin now.
func (w *Worker) begins(job desk.Job, pauses []journal.Pause, now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.under) < w.Parts && job.State == journal.JobWaiting && !job.Due.After(now) &&
		!w.later[job.Batch.ID].After(now) && !paused(job.Batch, pauses)
}

// paused tells whether all accounts of a batch are paused.
func paused(b journal.Batch, pauses []journal.Pause) bool {
	return !slices.ContainsFunc(b.Accounts(), func(a journal.Account) bool {
		return !slices.ContainsFunc(pauses, func(p journal.Pause) bool { return p.Account == a.N })
	})
}

func (w *Worker) stopOf(id string) context.CancelFunc {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.under[id]
}

func (w *Worker) put(id string, stop context.CancelFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.under[id] = stop
}

func (w *Worker) done(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.under[id]()
	delete(w.under, id)
}

func (w *Worker) leave(id string, wait time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.later[id] = time.Now().Add(wait)
}

// send drives one batch. Its error is one that ends the worker.
func (w *Worker) send(ctx context.Context, job desk.Job) error {
	id := job.Batch.ID
	w.Told(Event{What: Begun, Batch: id})
	out, next, err := w.Desk.Work(ctx, job, nil)
	var held *journal.HeldError
	var mistake *desk.Mistake
	var behind *journal.BehindError
	e := Event{What: Ended, Batch: id, Outcome: out, Err: err}
	switch {
	case journal.Passes(err):
		w.leave(id, busyWait)
		e.What = Failed
	case errors.Is(err, journal.ErrBroken), errors.As(err, &behind):
		return err
	case errors.As(err, &held):
		w.leave(id, busyWait)
		return nil
	case errors.As(err, &mistake):
		w.leave(id, lackWait)
		e.What = Left
	case next.State == journal.JobWaiting:
		e.What, e.Until = Postponed, next.Due
	}
	w.Told(e)
	return nil
}
