package batch

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch/journal"
)

// suspect is a row in doubt, or one that another process is sending, and where its order's id must lie, were it
// placed.
type suspect struct {
	entry        journal.Entry
	batch        string // its id
	other        bool   // it isn't of the batch, or not of the panel, that is settled: nothing is decided about it
	began, ended time.Time
	low, high    int64 // exclusive bounds; high 0: none
}

// name tells a person which row it is.
func (x suspect) name() string {
	name := fmt.Sprintf("row %d of batch %s", x.entry.Line, x.batch)
	if x.entry.State == journal.Sending {
		name += ", which is being sent, or was when its run broke off"
	}
	return name
}

// suspects collects the rows of the account that may have an order nobody knows of, with the times of their last
// attempts: those of other batches too, for an order that may be another row's is no proof.
func (s *Settler) suspects(ctx context.Context) ([]suspect, error) {
	doubts, err := s.Journal.Doubts(ctx, s.Batch, s.Panel.Panel.Name)
	if err != nil {
		return nil, err
	}
	var all []suspect
	for _, d := range doubts {
		if d.Began.IsZero() {
			return nil, fmt.Errorf("row %d of batch %s is in doubt without an attempt", d.Line, d.Batch)
		}
		ours := d.Batch == s.Batch.ID && d.Panel == s.Panel.Panel.Name && d.State == journal.InDoubt
		all = append(all, suspect{entry: d.Entry, batch: d.Batch, other: !ours, began: d.Began, ended: d.Ended})
	}
	slices.SortStableFunc(all, func(a, b suspect) int { return a.began.Compare(b.began) })
	return all, nil
}

// bounded gives the suspects and the books as they are now, and where the order of each must lie. The suspects are
// read first: what is answered in between is in the books then.
func (s *Settler) bounded(ctx context.Context) ([]suspect, *ledger, error) {
	suspects, err := s.suspects(ctx)
	if err != nil {
		return nil, nil, err
	}
	book, err := s.ledger(ctx)
	if err != nil {
		return nil, nil, err
	}
	for i := range suspects {
		suspects[i].low, suspects[i].high = book.window(suspects[i], s.late())
	}
	return suspects, book, nil
}

// ours gives the suspects that may be decided.
func ours(suspects []suspect) []suspect {
	return slices.DeleteFunc(slices.Clone(suspects), func(x suspect) bool { return x.other })
}

// others gives the suspects that count, and no more.
func others(suspects []suspect) []suspect {
	return slices.DeleteFunc(slices.Clone(suspects), func(x suspect) bool { return !x.other })
}

// ready tells when the youngest of the rows can be settled: late commits come until then.
func (s *Settler) ready(ours []suspect) time.Time {
	at := ours[len(ours)-1].began.Add(s.late())
	if at.After(time.Now()) {
		return at
	}
	return time.Time{}
}
