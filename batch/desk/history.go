package desk

import (
	"context"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Picked says which rows are meant: those in one of the states, and with one of the statuses, where these are given.
type Picked struct {
	States   []journal.State // rows that are being sent count as in doubt
	Statuses []string        // of orders, as the panel writes them, without case
}

// Any tells whether anything is picked.
func (p Picked) Any() bool { return len(p.States)+len(p.Statuses) > 0 }

func (p Picked) state(s journal.State) bool {
	if s == journal.Sending {
		s = journal.InDoubt
	}
	return len(p.States) == 0 || slices.Contains(p.States, s)
}

func (p Picked) status(text string) bool {
	same := func(s string) bool { return strings.EqualFold(s, text) }
	return len(p.Statuses) == 0 || slices.ContainsFunc(p.Statuses, same)
}

// Has tells whether a row is meant.
func (p Picked) Has(e journal.Entry) bool {
	return p.state(e.State) && (len(p.Statuses) == 0 || e.State == journal.Placed && p.status(e.Status))
}

// In tells whether totals hold such rows.
func (p Picked) In(t journal.Totals) bool {
	state, status := len(p.States) == 0, len(p.Statuses) == 0
	for s, n := range t.States {
		state = state || n > 0 && p.state(s)
	}
	for s := range t.Statuses {
		status = status || p.status(s)
	}
	return state && status
}

// Listed is a batch and how it stands.
type Listed struct {
	Batch  journal.Batch
	Totals journal.Totals
}

// History lists the batches that have such rows, the latest last.
func (d *Desk) History(ctx context.Context, p Picked) ([]Listed, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	batches, err := j.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var all []Listed
	for _, b := range batches {
		t, err := j.Totals(ctx, b)
		if err != nil {
			return nil, err
		}
		if p.In(t) {
			all = append(all, Listed{b, t})
		}
	}
	return all, nil
}

// Latest lists the latest batches, so many at most, the latest first: those that have such rows, and whose id, sheet,
// panel or person holds some words.
func (d *Desk) Latest(ctx context.Context, p Picked, words string, most int) ([]Listed, error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	batches, err := j.Batches(ctx)
	if err != nil {
		return nil, err
	}
	var all []Listed
	for _, b := range slices.Backward(batches) {
		if len(all) == most {
			break
		}
		text := strings.Join([]string{b.ID, b.Sheet, b.Panel, b.By}, " ")
		if !strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
			continue
		}
		t, err := j.Totals(ctx, b)
		if err != nil {
			return nil, err
		}
		if p.In(t) {
			all = append(all, Listed{b, t})
		}
	}
	return all, nil
}

// Shown is how one batch stands.
type Shown struct {
	Listed
	Services []journal.Service
	Rows     []journal.Entry // those that are picked; where nothing is, those in doubt
}

// Show tells how a batch stands.
func (d *Desk) Show(ctx context.Context, name string, p Picked) (s Shown, err error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return s, err
	}
	if s.Batch, err = j.Batch(ctx, name); err != nil {
		return s, err
	}
	if s.Totals, err = j.Totals(ctx, s.Batch); err != nil {
		return s, err
	}
	if s.Services, err = j.Services(ctx, s.Batch); err != nil {
		return s, err
	}
	rows := j.Entries
	if !p.Any() {
		p.States, rows = []journal.State{journal.InDoubt}, j.Unsettled
		if s.Totals.States[journal.InDoubt]+s.Totals.States[journal.Sending] == 0 {
			return s, nil
		}
	}
	for e, err := range rows(ctx, s.Batch) {
		if err != nil {
			return s, err
		}
		e.Shared = slices.ContainsFunc(s.Totals.Doubts, func(d journal.Doubted) bool { return d.Line.Seq == e.Seq })
		if p.Has(e) {
			s.Rows = append(s.Rows, e)
		}
	}
	return s, nil
}

// Life is all that the books know of one row.
type Life struct {
	Batch     journal.Batch
	Services  []journal.Service // of the batch
	Entry     journal.Entry
	Attempts  []journal.Attempt
	Decisions []journal.Decision
	Statuses  []journal.Past
	Requests  []journal.Request
}

// Explain tells the whole life of the row with this number in the sheet. Rows that stood there before the sheet was
// edited follow, where a request for them was sent.
func (d *Desk) Explain(ctx context.Context, name string, row parse.Line) (all []Life, err error) {
	j, err := d.Journal(ctx)
	if err != nil {
		return nil, err
	}
	b, err := j.Batch(ctx, name)
	if err != nil {
		return nil, err
	}
	rows, err := j.AllAtLine(ctx, b, row)
	if err != nil {
		return nil, err
	}
	services, err := j.Services(ctx, b)
	if err != nil {
		return nil, err
	}
	for _, e := range rows {
		l, err := lifeOf(ctx, j, Life{Batch: b, Services: services, Entry: e})
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

func lifeOf(ctx context.Context, j *journal.Journal, l Life) (_ Life, err error) {
	if l.Attempts, err = j.Attempts(ctx, l.Batch, l.Entry.Seq); err != nil {
		return l, err
	}
	if l.Decisions, err = j.Decisions(ctx, l.Batch, l.Entry.Seq); err != nil {
		return l, err
	}
	if l.Statuses, err = j.Statuses(ctx, l.Batch, l.Entry.Seq); err != nil {
		return l, err
	}
	l.Requests, err = j.Requests(ctx, l.Batch, l.Entry.Seq)
	for i := range l.Requests {
		if r := &l.Requests[i]; len(l.Entry.OneOf) > 0 { // what is said of one order of a set is said of no row
			r.Ref, r.Status, r.Words = "", "", "with all orders of its set"
		}
	}
	return l, err
}
