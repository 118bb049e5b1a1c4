package desk

import (
	"context"

	"bulkorder/batch"
	"bulkorder/batch/journal"
)

// Resettle looks for the orders of a batch's rows in doubt; wait: not before the youngest can be settled.
func (j *Job) Resettle(ctx context.Context, b journal.Batch, wait bool) (Outcome, error) {
	out := Outcome{Batch: b}
	err := j.hold(ctx, b, func(all []*opened, lost error) (err error) {
		if lost != nil {
			out.Notes = append(out.Notes, "rows on a panel that can't be used now are not looked for: "+lost.Error())
		}
		settle := (*batch.Settler).Settle
		if wait {
			settle = (*batch.Settler).SettleAll
		}
		out.Settlement, err = j.settleOn(ctx, b, all, settle)
		return err
	})
	if err != nil {
		return out, err
	}
	return out, j.sum(ctx, &out)
}

// Decide keeps a person's word about a row in doubt: it is this order, or, where that is empty, it was not
// placed.
func (j *Job) Decide(ctx context.Context, b journal.Batch, line int, orderID, reason string) (Outcome, error) {
	out := Outcome{Batch: b}
	err := j.hold(ctx, b, func([]*opened, error) error {
		e, err := j.Journal.AtLine(ctx, b, line)
		if err != nil {
			return err
		}
		if orderID == "" { // that needs no panel
			return (&batch.Settler{Journal: j.Journal, Batch: b, By: j.By}).Force(ctx, line, "", reason)
		}
		o, err := j.open(ctx, e.Panel)
		if err != nil {
			return err
		}
		return j.settler(b, o).Force(ctx, line, orderID, reason)
	})
	if err != nil {
		return out, err
	}
	return out, j.sum(ctx, &out)
}

// hold gives the panels of a batch that this process holds, its interrupted rows in doubt.
func (j *Job) hold(ctx context.Context, b journal.Batch, do func(all []*opened, lost error) error) error {
	j.opened = nil
	hold, err := j.Journal.Hold(b.ID, Holding(j.By))
	if err != nil {
		return err
	}
	defer hold.Release()
	all, lost := j.openBatch(ctx, b, false)
	if len(all) == 0 {
		return lost
	}
	if _, err := j.Journal.Recover(b); err != nil {
		return err
	}
	return do(all, lost)
}

// settleOn settles the rows in doubt on each panel.
func (j *Job) settleOn(
	ctx context.Context,
	b journal.Batch,
	all []*opened,
	settle func(*batch.Settler, context.Context) (batch.Settlement, error),
) (batch.Settlement, error) {
	var sum batch.Settlement
	for _, o := range all {
		s, err := settle(j.settler(b, o), ctx)
		sum.Join(s)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (j *Job) settler(b journal.Batch, o *opened) *batch.Settler {
	return &batch.Settler{Journal: j.Journal, Batch: b, Panel: o.Panel, Rate: o.rate(), By: j.By, Late: j.Late}
}
