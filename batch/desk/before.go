package desk

import (
	"context"
	"fmt"
	"iter"

	"bulkorder/batch/journal"
)

// ordered finds out what the batch that a draft would become an edition of has sent already, and counts such rows as
// what they are.
func (p *Draft) ordered(ctx context.Context, o *Offer) error {
	p.before, p.approved, p.risen = nil, nil, nil
	if o.Known {
		b, err := p.work.journal.Batch(ctx, p.ID)
		if err != nil {
			return err
		}
		if err := o.countPilot(ctx, p.work, b); err != nil {
			return err
		}
		all, err := p.draft.Before(ctx, p.ID)
		if err != nil {
			return err
		}
		p.before = make(map[int64]journal.Before, len(all))
		for _, b := range all {
			p.before[b.Seq] = b
			o.Totals.Move(b.Was, b.State)
		}
		if err := p.prices(ctx); err != nil {
			return err
		}
		if err := p.reprice(ctx, o); err != nil {
			return err
		}
	}
	if dearer := o.Totals.States[journal.Queued] - o.ToSend.Rows; dearer > 0 {
		o.Totals.States[journal.Queued] -= dearer
		o.Totals.States[journal.Held] += dearer
	}
	o.Left = map[journal.State]int{}
	for _, s := range []journal.State{journal.Held, journal.Invalid, journal.Skipped, journal.Refused, journal.InDoubt} {
		o.Left[s] = o.Totals.States[s]
	}
	return nil
}

// prices finds out which prices the batch approved.
func (p *Draft) prices(ctx context.Context) error {
	b, err := p.work.journal.Batch(ctx, p.ID)
	if err != nil {
		return err
	}
	services, err := p.work.journal.Services(ctx, b)
	p.approved = make(map[[2]string]journal.Service, len(services))
	for _, s := range services {
		p.approved[[2]string{s.Panel, s.ID}] = s
	}
	if err == nil && p.asked.AcceptPrice {
		p.risen, err = p.work.risen(ctx, b, services)
	}
	return err
}

// reprice counts the rows that would be sent at the prices that a person accepts: those that the batch's orders were
// charged may be higher than the catalogue's.
func (p *Draft) reprice(ctx context.Context, o *Offer) error {
	if len(p.risen) == 0 {
		return nil
	}
	o.ToSend = journal.Totals{}
	for e, err := range p.RowsIn(ctx, journal.Queued) {
		if err != nil {
			return err
		}
		o.send(e, 1)
	}
	o.Notes = append(o.Notes, p.risen.words(o.ToSend)...)
	return nil
}

// Rows walks the rows of a draft in the order of the sheet, in the states that they would have after a yes: what the
// batch has sent already is told as what it is. Before an offer that isn't known.
func (p *Draft) Rows(ctx context.Context) iter.Seq2[journal.Entry, error] {
	return func(yield func(journal.Entry, error) bool) {
		for e, err := range p.draft.Entries(ctx) {
			if err == nil {
				e = p.after(e)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// RowsIn walks the rows of a draft that [Draft.Rows] tells to be in a state.
func (p *Draft) RowsIn(ctx context.Context, s journal.State) iter.Seq2[journal.Entry, error] {
	if p.before == nil && p.approved == nil {
		return p.draft.InState(ctx, s)
	}
	return func(yield func(journal.Entry, error) bool) {
		for e, err := range p.Rows(ctx) {
			if err == nil && e.State != s {
				continue
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// after gives a row of the draft as it would be after a yes.
func (p *Draft) after(e journal.Entry) journal.Entry {
	if b, is := p.before[e.Seq]; is {
		e.State, e.Reason, e.OrderID, e.SentAt, e.Note = b.State, "", b.OrderID, b.SentAt, beforeWords(b)
		return e
	}
	if e.State == journal.Queued {
		e = p.risen.of(e)
	}
	was, is := p.approved[[2]string{e.Panel, e.Service}]
	if is && e.State == journal.Queued && !p.asked.AcceptPrice && e.Rate.GreaterThan(was.Rate) {
		e.State, e.Reason = journal.Held, journal.Dearer
		e.Note = fmt.Sprintf("its price rose from %s to %s", was.Rate, e.Rate)
	}
	return e
}

// beforeWords says what became of a row that the batch has sent.
func beforeWords(b journal.Before) string {
	on := ""
	if !b.SentAt.IsZero() {
		on = " on " + b.SentAt.UTC().Format("2006-01-02")
	}
	switch {
	case b.State == journal.Placed && b.OrderID != "":
		return "placed by this batch as order " + b.OrderID + on
	case b.State == journal.Placed:
		return "placed by this batch as one of a set of orders" + on
	case b.State == journal.Refused:
		return "the panel refused it" + on + ": " + b.Note
	}
	return "in doubt in this batch: it may have been ordered" + on
}
