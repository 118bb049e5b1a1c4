package desk

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// prices are those that a person accepts with what is shown: of services that became dearer in the catalogue, or whose
// orders were charged more than was approved. By panel and service.
type prices map[[2]string]risen

type risen struct{ from, to decimal.Decimal }

// risen gives the prices at which rows of a batch would leave where a person accepts what they are now; approved are
// its services.
func (w *work) risen(ctx context.Context, b journal.Batch, approved []journal.Service) (prices, error) {
	charged, err := w.overcharged(ctx, b)
	if err != nil {
		return nil, err
	}
	all := prices{}
	for _, was := range approved {
		id := [2]string{was.Panel, was.ID}
		to := decimal.Max(was.Rate, charged[id].rate)
		if o := w.find(was.Panel); o != nil && o.proved {
			if is, found := o.catalogue.Service(was.ID); found {
				to = decimal.Max(to, is.Rate)
			}
		}
		if to.GreaterThan(was.Rate) {
			all[id] = risen{was.Rate, to}
		}
	}
	return all, nil
}

// of gives a row at the price at which it would leave.
func (p prices) of(e journal.Entry) journal.Entry {
	if now, is := p[[2]string{e.Panel, e.Service}]; is {
		e.Rate = now.to
	}
	return e
}

// words say which prices are accepted with what would be sent.
func (p prices) words(sent journal.Totals) (all []string) {
	for _, s := range sent.ByService() {
		if now, is := p[[2]string{s.Panel, s.ID}]; is {
			all = append(all, fmt.Sprintf("service %s costs %s a thousand, and %s was approved: what is sent now is estimated at "+
				"%s", s.ID, now.to, now.from, now.to))
		}
	}
	return all
}

// overcharge is what orders of a service were charged above what was approved.
type overcharge struct {
	rate decimal.Decimal // the highest that they were charged at
	seqs []int64         // their rows
}

func (w *work) overcharged(ctx context.Context, b journal.Batch) (map[[2]string]overcharge, error) {
	rows, err := w.journal.Overcharged(ctx, b)
	all := map[[2]string]overcharge{}
	for _, c := range rows {
		id := [2]string{c.Panel, c.Service}
		was := all[id]
		all[id] = overcharge{decimal.Max(was.rate, c.Rate()), append(was.seqs, c.Seq)}
	}
	return all, err
}

// approveCharges notes that a person approves what the batch's orders were charged above the approved prices.
func (w *work) approveCharges(ctx context.Context, b journal.Batch) error {
	all, err := w.overcharged(ctx, b)
	for id, o := range all {
		s := journal.Service{Panel: id[0], Service: panel.Service{ID: id[1]}}
		if err == nil {
			err = w.journal.ApproveCharged(b, s, o.seqs, o.rate)
		}
	}
	return err
}
