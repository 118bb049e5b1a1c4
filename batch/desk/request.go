package desk

import (
	"context"
	"slices"
	"time"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Requested is what came of asking for refills or cancellations.
type Requested struct {
	Outcome
	Action journal.Action
	Rows   []batch.RequestedRow // in the order of the sheet
	Left   int                  // rows that were chosen and not come to, because End stopped it
}

// Request asks the panel for refills, or to cancel orders, for the chosen rows whose service and panel allow
// it. Each request is kept before it is sent, and is sent once; again is a person's word to ask also where
// the same was asked and is open or in doubt. [*panel.Lacking]: the panel's document has no such action;
// [*journal.HeldError]: another process asks about the batch's orders. agree is asked before anything is sent.
func (j *Job) Request(
	ctx context.Context,
	b journal.Batch,
	action journal.Action,
	c batch.Choice,
	again bool,
	agree func(rows int) error,
) (Requested, error) {
	j.opened = nil
	out := Requested{Outcome: Outcome{Batch: b}, Action: action}
	all, lost := j.openBatch(ctx, b, false)
	if len(all) == 0 {
		return out, lost
	}
	if len(all) == 1 && action == journal.Cancel && !all[0].Panel.Panel.Has(panel.Cancel) {
		return out, &panel.Lacking{Panel: all[0].name(), Form: panel.Cancel}
	}
	hold, err := j.Journal.HoldFollowing(b.ID, Holding(j.By))
	if err != nil {
		return out, err
	}
	defer hold.Release()
	if _, err := j.Journal.RecoverRequests(ctx, b, time.Now()); err != nil {
		return out, err
	}
	chosen, n := make([][]journal.Entry, len(all)), 0
	requesters := make([]*batch.Requester, len(all))
	for i, o := range all {
		requesters[i] = &batch.Requester{
			Journal: j.Journal, Batch: b, Panel: o.Panel, Rate: o.rate(), Action: action, Again: again, By: j.By,
		}
		if chosen[i], err = requesters[i].Choose(ctx, c); err != nil {
			return out, err
		}
		n += len(chosen[i])
	}
	if err := out.missing(ctx, j, c, lost); err != nil {
		return out, err
	}
	if n > 0 {
		if err := agree(n); err != nil {
			return out, err
		}
	}
	ends := make([]batch.End, len(all))
	for i, r := range requesters {
		if err := r.Send(ctx, chosen[i]); err != nil {
			return out, err
		}
		out.Rows, out.Left, ends[i] = append(out.Rows, r.Rows...), out.Left+r.Left, r.End
	}
	out.End = worst(ends)
	slices.SortStableFunc(out.Rows, func(a, b batch.RequestedRow) int { return a.Line - b.Line })
	return out, j.sum(context.WithoutCancel(ctx), &out.Outcome)
}

// missing tells of the numbers that no row has, and of chosen rows whose panel is lost.
func (r *Requested) missing(ctx context.Context, j *Job, c batch.Choice, lost error) error {
	missing := slices.Clone(c.Lines)
	for e, err := range j.Journal.Entries(ctx, r.Batch) {
		if err != nil {
			return err
		}
		if lost != nil && c.Has(e) && e.State == journal.Placed && j.find(e.Panel) == nil {
			r.Rows = append(
				r.Rows,
				batch.RequestedRow{Line: e.Line, OrderID: e.OrderID, Words: "its panel can't be used now: " + lost.Error()},
			)
		}
		missing = slices.DeleteFunc(missing, func(s batch.Span) bool { return s.Has(e.Line) })
	}
	for _, s := range missing {
		r.Rows = append(r.Rows, batch.RequestedRow{Line: s.From, Words: "the batch has no such row"})
	}
	return nil
}
