package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// pilot finds out where the pilot that is asked for begins in the books: whoever goes on with it, after a pause or when
// its worker or this process was killed, counts what was sent of it already. A job has that noted. This process holds
// the batch.
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
	if b.Pilot.IsOpen() {
		s.after = b.Pilot.After
		return nil
	}
	s.after, err = w.journal.LastSent(ctx, b)
	return err
}

// keepPilot keeps in the books what a person said of a pilot, before a row of it leaves. A word for all rows is none
// for a pilot any more, but not that about a few rows, nor a worker, which knows its own.
func (w *work) keepPilot(b journal.Batch, s Sending) error {
	switch {
	case s.unwatched, s.Limit == 0 && (s.Alone || b.Pilot.Rows == 0):
		return nil
	case s.Limit == 0:
		return w.journal.KeepPilot(b, journal.Pilot{})
	}
	return w.journal.KeepPilot(b, journal.Pilot{Rows: s.Limit, After: s.after})
}

// endPilot keeps that a pilot is over, so that the same word again is a new one.
func (w *work) endPilot(b journal.Batch, s Sending, end batch.End) error {
	if s.Limit == 0 || end.Stop != batch.AtLimit && end.Stop != batch.Done {
		return nil
	}
	return w.journal.KeepPilot(b, journal.Pilot{Rows: s.Limit, After: s.after, Over: true})
}

// Pilot is how many rows a pilot of so many would send now: what was sent of one that was broken off counts. 0 is all.
func (o Offer) Pilot(rows int) int {
	if rows == 0 {
		return o.ToSend.Rows
	}
	return min(o.ToSend.Rows, max(rows-o.piloted, 0))
}

// countPilot counts what was sent of a batch's pilot that was broken off.
func (o *Offer) countPilot(ctx context.Context, w *work, b journal.Batch) error {
	if !b.Pilot.IsOpen() {
		return nil
	}
	t, err := w.journal.Totals(ctx, b)
	o.piloted = t.Piloted
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
