package journal

import (
	"context"
	"fmt"
	"time"
)

// JobState is how a job stands. Whether a worker is at it is told by who holds the batch ([Journal.Holder]).
type JobState string

const (
	JobWaiting JobState = "waiting" // for its time, and for a worker
	JobPaused  JobState = "paused"  // a person paused it
	JobStopped JobState = "stopped" // a person must see to it
)

// Job says that the queued rows of a batch are to be sent in the background, by whichever worker comes first. A batch
// has one at most; it is gone when the batch is sent.
type Job struct {
	Batch   string // its id
	Due     time.Time
	State   JobState
	By      string // who asked for it
	Asked   time.Time
	Sending string // how the rows are to be sent, in words of who asked
	Tries   int    // one after another that ended early
	Words   string // how the last one ended

	batch int64
}

// enqueue asks for a batch to be sent in the background, also where it was asked for already.
func enqueue(ctx context.Context, t *statements, id string, job Job) error {
	_, err := t.exec(ctx, `INSERT INTO jobs (batch, due_at, state, asked_by, asked_at, sending, tries, words)
		SELECT n, 0, 'waiting', $1, $2, $3, 0, '' FROM batches WHERE id = $4
		ON CONFLICT (batch) DO UPDATE SET due_at = 0, state = 'waiting', asked_by = excluded.asked_by,
			asked_at = excluded.asked_at, sending = excluded.sending, tries = 0, words = ''`,
		job.By, toMillis(job.Asked), job.Sending, id)
	return err
}

// Enqueue asks for a batch to be sent in the background, also where it was asked for already.
func (j *Journal) Enqueue(b Batch, job Job) error {
	return j.do(func(ctx context.Context, t *statements) error { return enqueue(ctx, t, b.ID, job) })
}

// Jobs gives what is to be sent in the background, what was asked for first at the head.
func (j *Journal) Jobs(ctx context.Context) ([]Job, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT b.n, b.id, j.due_at, j.state, j.asked_by, j.asked_at, j.sending, j.tries,
		j.words FROM jobs j JOIN batches b ON b.n = j.batch ORDER BY j.asked_at, b.n`)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Job
	for rows.Next() {
		var one Job
		var due, asked int64
		err := rows.Scan(&one.batch, &one.Batch, &due, &one.State, &one.By, &asked, &one.Sending, &one.Tries, &one.Words)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		one.Due, one.Asked = fromMillis(due), fromMillis(asked)
		all = append(all, one)
	}
	return all, rows.Err()
}

// Postpone notes how a try of a job ended, and when it is tried again. A job that was asked for anew meanwhile, or that
// a person paused, stays as that was said.
func (j *Journal) Postpone(job Job) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE jobs SET due_at = $1, state = $2, tries = $3, words = $4, sending = $5
			WHERE batch = $6 AND asked_at = $7 AND state = 'waiting'`,
			toMillis(job.Due), string(job.State), job.Tries, job.Words, job.Sending, job.batch, toMillis(job.Asked))
		return err
	})
}

// AmendJob changes how the rows of a job are to be sent; when and whether they are stays as it was said.
func (j *Journal) AmendJob(job Job) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE jobs SET sending = $1 WHERE batch = $2 AND asked_at = $3`,
			job.Sending, job.batch, toMillis(job.Asked))
		return err
	})
}

// DoneJob notes that a job is done. One that was asked for anew meanwhile isn't.
func (j *Journal) DoneJob(job Job) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `DELETE FROM jobs WHERE batch = $1 AND asked_at = $2`, job.batch, toMillis(job.Asked))
		return err
	})
}

// EndJob notes that nothing of a batch is to be sent in the background any more. This process holds the batch.
func (j *Journal) EndJob(ctx context.Context, b Batch) error {
	var is bool
	err := j.read.QueryRowContext(context.WithoutCancel(ctx), `SELECT EXISTS (SELECT 1 FROM jobs WHERE batch = $1)`, b.n).
		Scan(&is)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	if !is {
		return nil
	}
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `DELETE FROM jobs WHERE batch = $1`, b.n)
		return err
	})
}

// PauseJob lets no worker send the batch, or go on with it, until [Journal.GoOnJob]. is tells whether it has a job.
func (j *Journal) PauseJob(b Batch) (is bool, err error) {
	return j.turnJob(b, `UPDATE jobs SET state = 'paused' WHERE batch = $1`)
}

// GoOnJob lets workers go on with a batch that was paused, or that stopped.
func (j *Journal) GoOnJob(b Batch) (is bool, err error) {
	return j.turnJob(b, `UPDATE jobs SET state = 'waiting', due_at = 0, tries = 0, words = '' WHERE batch = $1`)
}

func (j *Journal) turnJob(b Batch, query string) (is bool, err error) {
	err = j.do(func(ctx context.Context, t *statements) error {
		n, err := t.exec(ctx, query, b.n)
		is = n > 0
		return err
	})
	return is, err
}
