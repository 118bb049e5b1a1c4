package batch

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// Sum compares what leaves the balance of an account with what our orders are charged. It is struck between two quiet
// moments, which are kept in the books; what is left unexplained was charged by somebody else, for a row in doubt, or
// for a row that was sent again.
type Sum struct {
	Journal *journal.Journal
	Panel   *panel.Client
	Pace    *Pace
	Account int64
	// Stands tells whether an order was seen that may be a row's: then it isn't queued, whatever the balance says.
	// nil: none was looked for.
	Stands func(batch string, seq int64) bool
}

// Strike asks all orders of the account that may still change and weren't asked about since a time, and then its
// balance, and keeps the moment. Nothing may be sent on the account since that time. [journal.ErrUnquiet]: another
// process did.
func (s *Sum) Strike(ctx context.Context, since time.Time) (journal.Moment, error) {
	if err := s.Journal.Flush(); err != nil {
		return journal.Moment{}, err
	}
	if err := s.askOpen(ctx, since); err != nil {
		return journal.Moment{}, err
	}
	return s.balance(ctx, since)
}

// askOpen asks about the orders that weren't asked about since a time.
func (s *Sum) askOpen(ctx context.Context, since time.Time) error {
	open, err := s.Journal.OpenOn(ctx, s.Account, since)
	if err != nil {
		return err
	}
	for _, p := range open {
		f := Follower{Journal: s.Journal, Batch: p.Batch, Panel: s.Panel, Pace: s.Pace}
		if err := f.orders(ctx, p.Orders); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sum) balance(ctx context.Context, since time.Time) (journal.Moment, error) {
	if err := s.Pace.Turn(ctx); err != nil {
		return journal.Moment{}, err
	}
	asked := time.Now()
	balance, err := s.Panel.Balance(ctx)
	if err != nil {
		return journal.Moment{}, err
	}
	return s.Note(balance.Amount, asked, time.Now(), since)
}

// Note keeps a balance that was asked, as a moment. Orders that were asked about since a time are as it is.
func (s *Sum) Note(balance decimal.Decimal, asked, at, since time.Time) (journal.Moment, error) {
	return s.Journal.NoteMoment(journal.Moment{Account: s.Account, Asked: asked, At: at, Balance: balance}, since)
}

// Since gives what lies between the last moment before a time and a later one. [journal.ErrNoMoment]: there is none.
func (s *Sum) Since(ctx context.Context, t time.Time, to journal.Moment) (journal.Gap, error) {
	from, err := s.Journal.MomentBefore(ctx, s.Account, t)
	if err != nil {
		return journal.Gap{}, err
	}
	return s.Journal.Gap(ctx, from, to)
}

// Again gives the rows of a batch that may have been ordered twice: what is unexplained is as much as one of them was
// charged that was turned away and sent again.
func (s *Sum) Again(ctx context.Context, b journal.Batch, gap journal.Gap) ([]journal.Charged, error) {
	if !gap.Lacks() {
		return nil, nil
	}
	all, err := s.Journal.SentAgain(ctx, b, s.Panel.Panel.Name, gap.From.At)
	return slices.DeleteFunc(all, func(c journal.Charged) bool {
		return gap.Unexplained.Add(gap.Error).LessThan(c.Charge)
	}), err
}

// SentTwice says that rows may have been ordered twice.
func SentTwice(all []journal.Charged, gap journal.Gap) string {
	var rows []string
	for _, c := range all {
		rows = append(rows, fmt.Sprintf("row %d (order %s, %s)", c.Line, c.OrderID, c.Charge))
	}
	return fmt.Sprintf("%s left the balance that no order explains, and %s was turned away and sent again: "+
		"it may have been ordered twice; look at the panel's own list of orders", gap.Unexplained, strings.Join(rows, ", "))
}

// Recheck puts queued rows of a batch in doubt that were told to slow down since the last moment but one, and whose
// charge may be what left the balance besides. It gives how many.
func (s *Sum) Recheck(ctx context.Context, b journal.Batch, gap journal.Gap) (n int, err error) {
	if !gap.Lacks() {
		return 0, nil
	}
	rows, err := s.Journal.AskedAgain(ctx, b, s.Panel.Panel.Name, gap.From.At)
	if err != nil {
		return 0, err
	}
	for _, r := range rows {
		charge, known := r.Estimate()
		if known && charge.GreaterThan(gap.Unexplained.Add(gap.Error)) {
			continue
		}
		err := s.Journal.Doubt(b, r.Seq, fmt.Sprintf("it was turned away, and %s left the balance that no order of ours "+
			"explains: it may have been ordered all the same", gap.Unexplained))
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
