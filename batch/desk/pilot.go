package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// pilot notes where the pilot that is asked for begins in the books: whoever goes on with it, after a pause or when its
// worker was killed, counts what was sent of it already. A job has that noted. This process holds the batch.
func (w *work) pilot(ctx context.Context, id string, s *Sending) error {
	if s.Limit == 0 || s.unwatched {
		return nil
	}
	b, err := w.journal.Batch(ctx, id)
	if errors.Is(err, journal.ErrNoBatch) || err == nil && b.ID != id {
		return nil // nothing of it was sent
	}
	if err != nil {
		return err
	}
	s.after, err = w.journal.LastSent(ctx, b)
	return err
}

// seqs gives the rows that a word releases by their numbers.
func (w *work) seqs(ctx context.Context, b journal.Batch, lines []parse.Line) (all []int64, err error) {
	rows, err := w.byLine(ctx, b, lines)
	for _, e := range rows {
		all = append(all, e.Seq)
	}
	return all, err
}

// enqueue asks workers to send a batch of the books. This process holds it.
func (w *work) enqueue(ctx context.Context, b journal.Batch, s Sending) error {
	if s.Alone {
		if done, err := w.join(ctx, b, s.only); done || err != nil {
			return err
		}
	}
	job, err := s.job(w.desk.By)
	if err != nil {
		return err
	}
	return w.journal.Enqueue(b, job)
}

// join lets rows leave with the job that the batch has; is tells whether it has one. When that leaves, and how much of
// it, stays as it was said: a word about a row is none about a pause or a pilot.
func (w *work) join(ctx context.Context, b journal.Batch, only []int64) (is bool, err error) {
	job, err := w.desk.JobOf(ctx, b)
	if err != nil || job == nil || job.Sent {
		return false, err
	}
	var said background
	if err := json.Unmarshal([]byte(job.Sending), &said); err != nil {
		return true, fmt.Errorf("reading how batch %s is to be sent: %w", b.ID, err)
	}
	if len(said.Only) == 0 {
		return true, nil
	}
	said.Only = append(said.Only, only...)
	text, err := json.Marshal(said)
	if err != nil {
		return true, err
	}
	job.Job.Sending = string(text)
	return true, w.journal.AmendJob(job.Job)
}
