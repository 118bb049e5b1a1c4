package settle

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// Sum compares what leaves the balance of an account with what our orders are charged. It is struck between two quiet
// moments, which are kept in the books; what is left unexplained was charged by somebody else, for a row in doubt, or
// for a row that was sent again.
type Sum struct {
	Journal *journal.Journal
	Panel   *panel.Client
	Pace    *pace.Pace
	Account int64
	// Currency is that in which the batch's amounts are told; empty: not known.
	Currency string
	// Stands tells whether an order was seen that may be a row's: then it isn't queued, whatever the balance says.
	// nil: none was looked for.
	Stands func(batch string, seq int64) bool
	// Search looks for such orders, where that is wanted and Stands is nil. nil: nothing is looked for.
	Search func(ctx context.Context) (stands func(batch string, seq int64) bool, err error)
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
		f := follow.Follower{Journal: s.Journal, Batch: p.Batch, Panel: s.Panel, Pace: s.Pace}
		if err := f.Orders(ctx, p.Orders); err != nil {
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
	balance, err := s.asked(ctx)
	if err != nil {
		return journal.Moment{}, err
	}
	return s.Note(balance.Amount, asked, time.Now(), since)
}

// errCurrency: what a panel tells now can't be compared with what it told before.
var errCurrency = errors.New("the panel tells its balance in another currency")

// asked asks for the balance. One that is told in another currency than before is none that can be compared.
func (s *Sum) asked(ctx context.Context) (panel.Balance, error) {
	b, err := s.Panel.Balance(ctx)
	if err == nil && !panel.SameCurrency(b.Currency, s.Currency) {
		err = fmt.Errorf("%w: in %s, and in %s before", errCurrency, b.Currency, s.Currency)
	}
	return b, err
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

// Remembered is for how long the answers of a panel are measured by the balance.
const Remembered = 24 * time.Hour

// Again gives the rows of a batch that may have been ordered twice: they were turned away and sent again, and what left
// the balance besides is as much as one of them was charged. unexplained is the most of it.
func (s *Sum) Again(ctx context.Context, b journal.Batch, now journal.Moment) (
	all []journal.Charged, unexplained decimal.Decimal, err error,
) {
	resent, err := s.Journal.SentAgain(ctx, b, s.Account, now.Asked.Add(-Remembered))
	if err != nil {
		return nil, unexplained, err
	}
	p := s.prove(now, 0)
	var times []time.Time
	for _, r := range resent {
		times = append(times, r.Began)
	}
	if err := p.strike(ctx, times); err != nil {
		return nil, unexplained, err
	}
	for _, r := range resent {
		lacks, err := p.lacks(ctx, r.Began, r.Charge)
		if err != nil {
			return nil, unexplained, err
		}
		if lacks.IsPositive() {
			all, unexplained = append(all, r.Charged), decimal.Max(unexplained, lacks)
		}
	}
	return all, unexplained, nil
}

// SentTwice says that rows may have been ordered twice.
func SentTwice(all []journal.Charged, unexplained decimal.Decimal) string {
	var rows []string
	for _, c := range all {
		rows = append(rows, fmt.Sprintf("row %s (order %s, %s)", c.Line, c.OrderID, c.Charge))
	}
	return fmt.Sprintf("%s left the balance that no order explains, and %s was turned away and sent again: "+
		"it may have been ordered twice; look at the panel's own list of orders", unexplained, strings.Join(rows, ", "))
}

// LeftOpen tells whether the moments until the last one leave it open whether requests of a batch's rows that the panel
// said no to were charged: the panel hadn't told the charges of other orders yet, or something is unexplained.
func (s *Sum) LeftOpen(ctx context.Context, b journal.Batch, last journal.Moment) (bool, error) {
	if s.Panel.Panel.Exclusive == panel.Shared {
		return false, nil
	}
	since := last.Asked.Add(-Remembered)
	rows, err := s.Journal.SaidNo(ctx, b, s.Account, since)
	if err != nil {
		return false, err
	}
	resent, err := s.Journal.SentAgain(ctx, b, s.Account, since)
	if err != nil || len(rows)+len(resent) == 0 {
		return false, err
	}
	for _, r := range resent {
		e := journal.Entry{Charge: decimal.NewNullDecimal(r.Charge)}
		rows = append(rows, journal.TurnedAway{Entry: e, Began: r.Began})
	}
	p := s.prove(last, 0)
	if err := p.strike(ctx, begun(rows)); err != nil {
		return false, err
	}
	for _, r := range rows {
		charge := r.Charge.Decimal
		if !r.Charge.Valid {
			charge, _ = r.Estimate()
		}
		from, err := s.Journal.MomentBefore(ctx, s.Account, r.Began)
		if errors.Is(err, journal.ErrNoMoment) {
			continue
		}
		if err != nil {
			return false, err
		}
		gap, err := p.gap(ctx, from, last)
		if err != nil || gap.Why == "" && !(gap.Clean() && gap.Error.LessThan(charge)) {
			return err == nil, err
		}
	}
	return false, nil
}

// Rechecked is what became of rows that the panel said no to.
type Rechecked struct {
	Doubted int    // rows that are in doubt now
	Alarm   string // refused rows may have been ordered, and too many to be put in doubt; empty: none, or it is told
}

// Recheck puts rows of a batch in doubt that the panel said no to, and whose charge may be what left the balance
// besides: queued ones, and refused ones where no row in doubt explains it and they are few. Where they are many it
// keeps an alarm.
func (s *Sum) Recheck(ctx context.Context, b journal.Batch, now journal.Moment) (r Rechecked, err error) {
	rows, err := s.Journal.SaidNo(ctx, b, s.Account, now.Asked.Add(-Remembered))
	if err != nil {
		return r, err
	}
	p := s.prove(now, 0)
	if err := p.strike(ctx, begun(rows)); err != nil {
		return r, err
	}
	var refused []lacking
	for _, row := range rows {
		charge, _ := row.Estimate()
		lacks, err := p.lacks(ctx, row.Began, charge)
		if err == nil && lacks.IsPositive() && row.SaidNo() {
			var doubtful decimal.Decimal
			if doubtful, err = s.doubtful(ctx, row.Began); doubtful.LessThan(lacks) {
				refused = append(refused, lacking{row, lacks})
			}
		} else if err == nil && lacks.IsPositive() {
			r.Doubted++
			err = s.doubt(b, row, lacks)
		}
		if err != nil {
			return r, err
		}
	}
	if s.Panel.Panel.Exclusive == panel.Shared {
		return r, nil
	}
	if len(refused) > mostLacking {
		r.Alarm, err = s.alarm(ctx, b, refused)
		return r, err
	}
	for _, x := range refused {
		if err := s.doubt(b, x.TurnedAway, x.lacks); err != nil {
			return r, err
		}
		r.Doubted++
	}
	return r, nil
}

// doubtful adds up what rows in doubt may have been charged in the same span of the balance as a request that left at a
// time: they may have left before it.
func (s *Sum) doubtful(ctx context.Context, began time.Time) (decimal.Decimal, error) {
	from, err := s.Journal.MomentBefore(ctx, s.Account, began)
	if err != nil {
		return decimal.Zero, err
	}
	return s.Journal.Doubtful(ctx, s.Account, from.Asked)
}

// mostLacking bounds the refused rows that a look puts in doubt; of more a person is told by one alarm.
const mostLacking = 25

// lacking is a row that the panel refused, and what left the balance since.
type lacking struct {
	journal.TurnedAway
	lacks decimal.Decimal
}

// alarm keeps that one of many rows that were refused may have been ordered, and says so once.
func (s *Sum) alarm(ctx context.Context, b journal.Batch, refused []lacking) (words string, err error) {
	first, last := refused[0], refused[len(refused)-1]
	told, err := s.Journal.HasAlarm(ctx, b, first.Seq, journal.UnknownOrder)
	if told || err != nil {
		return "", err
	}
	words = fmt.Sprintf("%s left the balance that no order of ours explains, and the panel refused %d rows (%s to %s) "+
		"since, each of which may have been ordered all the same; look at the panel's own list of orders before any of "+
		"them is ordered again", first.lacks, len(refused), first.At(), last.At())
	return words, s.Journal.RaiseAlarm(b.ID, journal.Alarm{
		Seq: first.Seq, At: time.Now(), OrderID: journal.UnknownOrder, Words: words,
	})
}

func (s *Sum) doubt(b journal.Batch, r journal.TurnedAway, lacks decimal.Decimal) error {
	return s.Journal.Doubt(
		b,
		r.Seq,
		fmt.Sprintf("the panel said no, and yet %s left the balance that no order of ours "+
			"explains: it may have been ordered all the same", lacks),
	)
}
