package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/parse"
)

// Requested is what came of asking for refills or cancellations.
type Requested struct {
	Outcome
	Action journal.Action
	Rows   []batch.RequestedRow // in the order of the sheet
	Left   int                  // rows that were chosen and not come to, because End stopped it
}

// Requesting says what is asked for, and for which rows.
type Requesting struct {
	Action journal.Action
	Choice batch.Choice
	Again  bool // a person's word to ask also where the same was asked and is open or in doubt
	// Agree is asked before anything is sent about these orders; its error ends the request; nil: yes.
	Agree   func(orders []journal.Entry) error
	Results Results
}

// Request asks the panel for refills, or to cancel orders, for the chosen rows whose service and panel allow it. Each
// request is kept before it is sent, and is sent once. [*panel.Lacking]: the panel's document has no such action;
// [*journal.HeldError]: another process asks about the batch's orders.
func (d *Desk) Request(ctx context.Context, b journal.Batch, o Requesting) (Requested, error) {
	out := Requested{Outcome: Outcome{Batch: b}, Action: o.Action}
	w, all, lost, err := d.asking(ctx, b, o.Action)
	if err != nil {
		return out, err
	}
	hold, err := w.journal.HoldFollowing(b.ID, d.holder())
	if err != nil {
		return out, err
	}
	defer hold.Release()
	if _, err := w.journal.RecoverRequests(ctx, b, time.Now()); err != nil {
		return out, err
	}
	if err := w.request(ctx, &out, all, lost, o); err != nil {
		return out, err
	}
	end := context.WithoutCancel(ctx)
	if err := w.sum(end, &out.Outcome); err != nil {
		return out, err
	}
	if out.Batch.Written > 0 && out.Batch.Revision > out.Batch.Written {
		o.Results.Path = out.Batch.Workbook
		if err := w.write(end, &out.Outcome, o.Results); err != nil {
			return out, fmt.Errorf("the results could not be written; what was asked is in the journal: %w", err)
		}
	}
	return out, nil
}

// OfferRequest tells for which orders a request would be sent, and which of the chosen rows it leaves out, and why.
// It sends nothing but looks at the catalogue and at how orders stand that were under way.
func (d *Desk) OfferRequest(ctx context.Context, b journal.Batch, o Requesting) (
	orders []journal.Entry, left Requested, err error,
) {
	left = Requested{Outcome: Outcome{Batch: b}, Action: o.Action}
	w, all, lost, err := d.asking(ctx, b, o.Action)
	if err != nil {
		return nil, left, err
	}
	for _, on := range all {
		r := w.requester(b, on, o)
		chosen, err := r.Choose(ctx, o.Choice)
		if err != nil {
			return nil, left, err
		}
		orders, left.Rows = append(orders, chosen...), append(left.Rows, r.Rows...)
	}
	return orders, left, left.missing(ctx, w, o.Choice, lost)
}

// asking opens the accounts of a batch for requests about its orders; lost is why some of them can't be used.
func (d *Desk) asking(ctx context.Context, b journal.Batch, a journal.Action) (
	w *work, all []*opened, lost, err error,
) {
	if w, err = d.onBatch(ctx, b); err != nil {
		return nil, nil, nil, err
	}
	all, lost = w.openBatch(ctx, b, false)
	switch {
	case len(all) == 0:
		return nil, nil, nil, lost
	case len(all) == 1 && a == journal.Cancel && !all[0].Panel.Panel.Has(panel.Cancel):
		return nil, nil, nil, &panel.Lacking{Panel: all[0].Name(), Form: panel.Cancel}
	}
	return w, all, lost, nil
}

func (w *work) requester(b journal.Batch, on *opened, o Requesting) *batch.Requester {
	return &batch.Requester{Journal: w.journal, Batch: b, Panel: on.Panel, Pace: on.calls, Action: o.Action,
		Again: o.Again, By: w.desk.By}
}

// request chooses the rows on each panel, lets a person agree, and asks.
func (w *work) request(ctx context.Context, out *Requested, all []*opened, lost error, o Requesting) (err error) {
	chosen, meant := make([][]journal.Entry, len(all)), []journal.Entry(nil)
	requesters := make([]*batch.Requester, len(all))
	for i, on := range all {
		requesters[i] = w.requester(out.Batch, on, o)
		if chosen[i], err = requesters[i].Choose(ctx, o.Choice); err != nil {
			return err
		}
		meant = append(meant, chosen[i]...)
	}
	if err := out.missing(ctx, w, o.Choice, lost); err != nil {
		return err
	}
	if len(meant) > 0 && o.Agree != nil {
		if err := o.Agree(meant); err != nil {
			return err
		}
	}
	ends := make([]batch.End, len(all))
	for i, r := range requesters {
		if err := r.Send(ctx, chosen[i]); err != nil {
			return err
		}
		out.Rows, out.Left, ends[i] = append(out.Rows, r.Rows...), out.Left+r.Left, r.End
	}
	out.End = worst(ends)
	slices.SortStableFunc(out.Rows, func(a, b batch.RequestedRow) int { return a.Line.N - b.Line.N })
	return nil
}

// missing tells of the numbers that no row has, and of chosen rows whose panel is lost.
func (r *Requested) missing(ctx context.Context, w *work, c batch.Choice, lost error) error {
	missing := slices.Clone(c.Lines)
	for e, err := range w.journal.Entries(ctx, r.Batch) {
		if err != nil {
			return err
		}
		if lost != nil && c.Has(e) && e.State == journal.Placed && w.find(e.Panel) == nil {
			r.Rows = append(
				r.Rows,
				batch.RequestedRow{
					Line: e.At(), OrderID: e.OrderID, Words: "its panel can't be used now: " + lost.Error(),
				},
			)
		}
		missing = slices.DeleteFunc(missing, func(s batch.Span) bool { return s.Has(parse.Line{N: e.Line, Tab: e.Tab, Seq: e.Seq}) })
	}
	for _, s := range missing {
		r.Rows = append(r.Rows, batch.RequestedRow{
			Line: parse.Line{N: s.From, Tab: s.Tab}, Words: "the batch has no such row",
		})
	}
	return nil
}
