package desk

import (
	"context"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Overview tells how the rows of a draft would stand after a yes.
type Overview struct {
	Rows []journal.RowState // in the order of the sheet
	Held map[journal.Reason]HeldRows
}

// HeldRows are the rows that are held for one reason.
type HeldRows struct {
	Rows   int
	Charge decimal.Decimal // estimated, where it is known
}

func (o *Overview) hold(e journal.Entry, n int) {
	if e.State != journal.Held {
		return
	}
	h := o.Held[e.Reason]
	h.Rows += n
	if charge, known := e.Estimate(); known {
		h.Charge = h.Charge.Add(charge.Mul(decimal.NewFromInt(int64(n))))
	}
	o.Held[e.Reason] = h
}

// Overview tells how the rows stand, as the last offer found them.
func (p *Draft) Overview(ctx context.Context) (o Overview, err error) {
	o.Held = map[journal.Reason]HeldRows{}
	if p.before == nil && p.approved == nil {
		if o.Rows, err = p.draft.RowStates(ctx); err != nil {
			return o, err
		}
		return o, p.work.journal.Waiting(ctx, p.draft.Batch, o.hold)
	}
	for e, err := range p.Rows(ctx) {
		if err != nil {
			return o, err
		}
		o.Rows = append(o.Rows, journal.RowState{Seq: e.Seq, State: e.State})
		o.hold(e, 1)
	}
	return o, nil
}

// Numbered gives rows by their numbers in an [Overview], 256 at most.
func (p *Draft) Numbered(ctx context.Context, seqs []int64) ([]journal.Entry, error) {
	all, err := p.draft.Numbered(ctx, seqs)
	for i, e := range all {
		all[i] = p.after(e)
	}
	return all, err
}

// Search finds services of the catalogue that the draft was judged by, of the panel that a row names; without a name of
// the draft's own. No panel is asked.
func (p *Draft) Search(panelName string, words []string) []panel.Service {
	on := p.work.find(panelName)
	if on == nil && len(p.work.opened) > 0 {
		on = p.work.opened[0]
	}
	if on == nil || on.catalogue == nil {
		return nil
	}
	return on.catalogue.Search(words, "")
}
