package batch

import (
	"context"
	"slices"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// How much a look asks about orders that may be of rows in doubt: what is told of them soon after tells most.
const (
	sightCalls = 3
	sightAge   = 3 * time.Minute // since the row was sent
	sightRows  = 64              // before and after it, among which orders bound where its own may lie
)

// Sight asks about the orders that stand where the batch's youngest rows in doubt were sent, and keeps what is told of
// them: later they may have given money back. It proves nothing, so it asks for few.
func (s *Settler) Sight(ctx context.Context) error {
	if s.Panel.Panel.Exclusive == panel.Shared {
		return nil
	}
	doubts, err := s.Journal.Doubts(ctx, s.Batch, s.Panel.Panel.Name)
	if err != nil {
		return err
	}
	doubts = slices.DeleteFunc(doubts, func(d journal.Doubt) bool {
		return d.Batch != s.Batch.ID || d.State != journal.InDoubt || time.Since(d.Began) > sightAge
	})
	p := s.prober()
	var ids []int64
	for _, d := range slices.Backward(doubts) {
		near, err := s.Journal.OrdersNear(ctx, s.Batch, d.Seq, sightRows)
		if err != nil {
			return err
		}
		if ids = append(ids, newLedger(near).around(d)...); len(ids) >= sightCalls*p.atOnce() {
			break
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	ids = ids[:min(len(ids), sightCalls*p.atOnce())]
	if err := p.ask(ctx, ids); err != nil {
		return err
	}
	_, err = s.found(ctx, p, newLedger(nil), ids)
	return err
}

// around gives the ids between the last order that was answered before a row was sent and the first that was sent
// after it had been answered, or as many as can be asked for.
func (l *ledger) around(d journal.Doubt) (ids []int64) {
	low, high := l.below(d.Began), l.above(d.Ended)
	if low == 0 {
		return nil
	}
	if high == 0 {
		high = l.last + sightRows
	}
	for id := low + 1; id < high && len(ids) < sightCalls*panel.Many; id++ {
		if !l.claimed[id] {
			ids = append(ids, id)
		}
	}
	return ids
}
