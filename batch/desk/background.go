package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
)

// background is what of [Sending] a job keeps. A person's word about rows isn't in it: it is followed when it is said.
type background struct {
	Limit   int           `json:"limit,omitempty"` // rows of the pilot; 0: all
	After   time.Time     `json:"after,omitzero"`  // rows that were sent after it are the pilot's
	Only    []int64       `json:"only,omitempty"`  // rows that are sent, and no others; none: all
	Sent    bool          `json:"sent,omitempty"`  // all is sent: the rows in doubt are looked for once more
	Settle  bool          `json:"settle,omitempty"`
	Late    time.Duration `json:"late,omitempty"`
	Results Results       `json:"results"`
}

// job asks for rows to be sent so in the background.
func (s Sending) job(by string) (journal.Job, error) {
	if s.Results.Path != "" { // a worker has a working folder of its own
		path, err := filepath.Abs(s.Results.Path)
		if err != nil {
			return journal.Job{}, err
		}
		s.Results.Path = path
	}
	text, err := json.Marshal(background{Limit: s.Limit, After: s.after, Only: s.only, Settle: s.Settle, Late: s.Late,
		Results: s.Results})
	return journal.Job{By: by, Asked: time.Now(), Sending: string(text)}, err
}

// Job is a batch that is sent in the background, and how that stands.
type Job struct {
	journal.Job
	Batch  journal.Batch
	Worker *journal.Holder // who is at it; nil: nobody
	Sent   bool            // it sends nothing any more: rows in doubt are looked for once more
}

func (j *Job) read() error {
	var said background
	err := json.Unmarshal([]byte(j.Sending), &said)
	if err != nil {
		err = fmt.Errorf("reading how batch %s is to be sent: %w", j.Batch.ID, err)
	}
	j.Sent = said.Sent
	return err
}

// Jobs gives the batches that are sent in the background.
func (d *Desk) Jobs(ctx context.Context) ([]Job, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	found, err := j.Jobs(ctx)
	if err != nil {
		return nil, err
	}
	var all []Job
	for _, one := range found {
		b, err := j.Batch(ctx, one.Batch)
		if err != nil {
			return nil, err
		}
		job := Job{Job: one, Batch: b}
		if err := job.read(); err != nil {
			return nil, err
		}
		if who, held := j.WorksOn(b.ID); held {
			job.Worker = &who
		}
		all = append(all, job)
	}
	return all, nil
}

// JobOf gives the job of a batch; nil: it has none.
func (d *Desk) JobOf(ctx context.Context, b journal.Batch) (*Job, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	found, err := j.Jobs(ctx)
	i := slices.IndexFunc(found, func(one journal.Job) bool { return one.Batch == b.ID })
	if err != nil || i < 0 {
		return nil, err
	}
	job := &Job{Job: found[i], Batch: b}
	if err := job.read(); err != nil {
		return nil, err
	}
	if who, held := j.WorksOn(b.ID); held {
		job.Worker = &who
	}
	return job, nil
}

// Working is what goes on in the background.
type Working struct {
	Workers  []journal.Holder
	Jobs     []Job
	Totals   []journal.Totals // of the jobs' batches
	Accounts []journal.AccountRate
	Pauses   []journal.Pause
}

// Working tells what goes on in the background.
func (d *Desk) Working(ctx context.Context) (w Working, err error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return w, err
	}
	if w.Workers, err = j.Workers(); err != nil {
		return w, err
	}
	if w.Jobs, err = d.Jobs(ctx); err != nil {
		return w, err
	}
	for _, job := range w.Jobs {
		t, err := j.Totals(ctx, job.Batch)
		if err != nil {
			return w, err
		}
		w.Totals = append(w.Totals, t)
	}
	if w.Accounts, err = j.Rates(ctx); err != nil {
		return w, err
	}
	w.Pauses, err = j.Pauses(ctx)
	return w, err
}

// HoldWorker tells other processes that this one works in the background.
func (d *Desk) HoldWorker(ctx context.Context) (*journal.Hold, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	return j.HoldWorker(d.holder())
}

// Work sends the rows of a batch as its job says, and notes in the job how that ended: it is gone when there is nothing
// left to send, waits where the cause of an early end may pass, and stops where a person must see to it. next is the
// job after it; zero: it is gone. With a [*journal.HeldError], a [*Mistake], a [*journal.BehindError] and
// [journal.ErrBroken] the job stays as it is; another error is noted in it too.
func (d *Desk) Work(
	ctx context.Context, job Job, progress func(batch.Progress),
) (out Outcome, next journal.Job, err error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return out, job.Job, err
	}
	var said background
	if err := json.Unmarshal([]byte(job.Sending), &said); err != nil {
		return out, job.Job, fmt.Errorf("reading how batch %s is to be sent: %w", job.Batch.ID, err)
	}
	sending := Sending{
		Limit: said.Limit, Settle: said.Settle, Late: said.Late, Results: said.Results, Progress: progress,
		after: said.After, only: said.Only, unwatched: true,
	}
	if said.Sent {
		sending.only = []int64{noRow}
	}
	sending.Alone = len(sending.only) > 0 // what else is held stays so
	out, err = d.Resume(ctx, job.Batch, sending)
	if err != nil && !isOfJob(err) {
		return out, job.Job, err
	}
	if err == nil && (out.End.Stop == batch.Done || out.End.Stop == batch.AtLimit) {
		if ready := out.Settlement.Ready; ready.After(time.Now()) {
			next, err = said.lookLater(job.Job, ready)
			return out, next, errors.Join(err, j.Postpone(next))
		}
		return out, next, j.DoneJob(job.Job)
	}
	if out.End.Stop == batch.Unwritable && j.IsShared() { // the server was away
		out.End.Stop = batch.Waiting
	}
	next = nextTry(job.Job, out.End, err, time.Now())
	return out, next, errors.Join(err, j.Postpone(next))
}

// noRow is the number of none.
const noRow = 0

// lookLater makes a job of what is left to do when all was sent: whoever waited for late orders with the batch in hand
// would keep all others from it, and a person from deciding.
func (b background) lookLater(job journal.Job, ready time.Time) (journal.Job, error) {
	b = background{Settle: true, Late: b.Late, Results: b.Results, Sent: true}
	text, err := json.Marshal(b)
	job.Due, job.State, job.Tries, job.Sending = ready, journal.JobWaiting, 0, string(text)
	job.Words = "all is sent; late orders of its rows in doubt are looked for then"
	return job, err
}

// isOfJob tells errors that are noted in a job from those that are about the process, or about another one.
func isOfJob(err error) bool {
	var held *journal.HeldError
	var mistake *Mistake
	var behind *journal.BehindError
	return !errors.As(err, &held) && !errors.As(err, &mistake) && !errors.As(err, &behind) &&
		!errors.Is(err, journal.ErrBroken)
}

// longestWait is how long a job waits at most before it is tried again.
const longestWait = 15 * time.Minute

// nextTry is how a job goes on after a try that ended early.
func nextTry(job journal.Job, end batch.End, err error, now time.Time) journal.Job {
	job.State, job.Words = journal.JobWaiting, cmp.Or(end.Words, string(end.Stop))
	if err != nil {
		job.Words = err.Error()
	}
	switch {
	case err == nil && end.Stop == batch.Interrupted:
		job.Due = now // the worker was stopped
	case err != nil || passes(end):
		job.Due = now.Add(min(time.Minute<<min(job.Tries, 10), longestWait))
		job.Tries++
	default:
		job.State = journal.JobStopped
	}
	return job
}

// passes tells whether what ended a run early may pass by itself.
func passes(end batch.End) bool {
	return slices.Contains([]batch.Stop{batch.Interrupted, batch.Waiting, batch.Paused, batch.Unreachable}, end.Stop)
}
