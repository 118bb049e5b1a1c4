package batch

import (
	"context"
	"errors"
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

// secondLook is how long after a request was turned away the balance is believed that shows no charge for it, where it
// shows no later order either: an old balance shows none, too.
const secondLook = 60 * time.Second

// Turned is what the balance tells of the rows that were turned away.
type Turned struct {
	Queued []int64   // rows for which nothing was charged, by seq: they are to be sent
	Left   int       // rows that stay in doubt
	Ready  time.Time // when another moment may decide about one of those left; zero: none will
}

// Turn decides about the rows of a batch that were turned away, by a moment: those are queued for which nothing was
// charged. late is how long after a request a single moment is enough; 0: [LateCommit].
func (s *Sum) Turn(ctx context.Context, b journal.Batch, by string, now journal.Moment, late time.Duration) (Turned, error) {
	var t Turned
	if late == 0 {
		late = LateCommit
	}
	rows, err := s.Journal.TurnedAway(ctx, b, s.Panel.Panel.Name)
	if err != nil || len(rows) == 0 {
		return t, err
	}
	gaps := gaps{sum: s, to: now, since: map[int64]journal.Gap{}}
	for _, r := range rows {
		if s.Stands != nil && s.Stands(b.ID, r.Seq) {
			t.Left++
			continue
		}
		proof, later, err := gaps.absent(ctx, r, late)
		switch {
		case errors.Is(err, journal.ErrNoMoment):
			t.Left++
			continue
		case err != nil:
			return t, err
		case proof != "":
			t.Queued = append(t.Queued, r.Seq)
			err = s.Journal.Decide(b, r.Seq, journal.Decision{
				At: time.Now(), By: by, How: journal.ByBooks, State: journal.Queued, Evidence: proof,
			})
			if err != nil {
				return t, err
			}
			continue
		}
		t.Left++
		ready := r.Ended.Add(min(secondLook, late))
		if later && ready.After(now.Asked) && (t.Ready.IsZero() || ready.Before(t.Ready)) {
			t.Ready = ready
		}
	}
	return t, nil
}

// gaps are what lies between moments of an account and one of them.
type gaps struct {
	sum   *Sum
	to    journal.Moment
	since map[int64]journal.Gap // by when the first moment ended, in milliseconds
}

// absent tells why nothing was charged for a row that was turned away; empty: that isn't certain. later tells whether it
// may become so.
func (g gaps) absent(ctx context.Context, r journal.TurnedAway, late time.Duration) (proof string, later bool, err error) {
	charge, known := r.Estimate()
	from, err := g.sum.Journal.MomentBefore(ctx, g.sum.Account, r.Began)
	if err != nil || !known {
		return "", false, err
	}
	gap, is := g.since[from.At.UnixMilli()]
	if !is {
		if gap, err = g.sum.Journal.Gap(ctx, from, g.to); err != nil {
			return "", false, err
		}
		g.since[from.At.UnixMilli()] = gap
	}
	if !gap.Absent(charge) {
		return "", gap.Why != "", nil
	}
	words := fmt.Sprintf("from %s to %s nothing left the balance but what our orders were charged",
		from.At.Local().Format(time.DateTime), g.to.At.Local().Format(time.DateTime))
	switch {
	case r.Class != string(panel.ClassBlocked) && gap.Seen.After(r.Ended):
		return words + ", an order that was sent later among them", true, nil
	case g.to.Asked.Sub(r.Ended) >= late:
		return words, true, nil
	case g.to.Asked.Sub(r.Ended) < secondLook:
		return "", true, nil
	}
	earlier, err := g.earlier(ctx, r, from, charge)
	if !earlier || err != nil {
		return "", true, err
	}
	return words + ", twice", true, nil
}

// earlier tells whether a moment between a row's answer and the last one proved the same.
func (g gaps) earlier(ctx context.Context, r journal.TurnedAway, from journal.Moment, charge decimal.Decimal) (bool, error) {
	moments, err := g.sum.Journal.MomentsSince(ctx, g.sum.Account, r.Ended)
	if err != nil {
		return false, err
	}
	for _, m := range moments {
		if !m.At.Before(g.to.Asked) {
			break
		}
		gap, err := g.sum.Journal.Gap(ctx, from, m)
		if err != nil || gap.Absent(charge) {
			return err == nil, err
		}
	}
	return false, nil
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
