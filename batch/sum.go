package batch

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// Sum compares what left the balance of an account during a run with what its orders were charged. It is struck
// between two quiet moments only, and only where nothing else in the books can have moved the balance: what is left
// unexplained then was charged by somebody else, or for a row that was sent again.
type Sum struct {
	journal *journal.Journal
	batch   journal.Batch
	panel   string
	account int64
	before  decimal.Decimal // the balance
	began   time.Time       // when it was asked
	ledger  journal.Ledger  // as it was then
}

// BeginSum notes how an account stood when its balance was asked, before the first order of a run leaves.
func BeginSum(
	ctx context.Context, j *journal.Journal, b journal.Batch, panel string, balance decimal.Decimal, asked time.Time,
) (*Sum, error) {
	s := &Sum{journal: j, batch: b, panel: panel, account: b.AccountOn(panel), before: balance, began: asked}
	var err error
	s.ledger, err = j.Ledger(ctx, b, s.account, asked)
	return s, err
}

// Struck is what a sum came to.
type Struck struct {
	Valid       bool            // it proves something
	Unexplained decimal.Decimal // what left the balance and no order explains; 0 within the balance's last digit
	Again       []journal.Charged
}

// Alarm says which rows may have been ordered twice; empty: none.
func (s Struck) Alarm() string {
	if len(s.Again) == 0 {
		return ""
	}
	var rows []string
	for _, c := range s.Again {
		rows = append(rows, fmt.Sprintf("row %d (order %s, %s)", c.Line, c.OrderID, c.Charge))
	}
	return fmt.Sprintf("%s left the balance that no order explains, and %s was turned away and sent again: "+
		"it may have been ordered twice; look at the panel's own list of orders", s.Unexplained, strings.Join(rows, ", "))
}

// Strike compares the balance now, which was asked after all orders of the run were asked about.
func (s *Sum) Strike(ctx context.Context, after decimal.Decimal) (Struck, error) {
	now, err := s.journal.Ledger(ctx, s.batch, s.account, s.began)
	if err != nil {
		return Struck{}, err
	}
	for _, l := range []journal.Ledger{s.ledger, now} {
		if l.Elsewhere || l.Unsettled > 0 || l.Uncharged > 0 || l.GivenBack > 0 {
			return Struck{}, nil
		}
	}
	fell := s.before.Sub(after)
	own := now.Charged.Sub(s.ledger.Charged)
	if fell.LessThan(own) && !near(fell, own, s.before, after) { // a panel that charges later, or shows an old balance
		return Struck{}, nil
	}
	struck := Struck{Valid: true}
	if near(fell, own, s.before, after) {
		return struck, nil
	}
	struck.Unexplained = fell.Sub(own)
	again, err := s.journal.SentAgain(ctx, s.batch, s.panel, s.began)
	for _, c := range again {
		if struck.Unexplained.GreaterThanOrEqual(c.Charge) || near(struck.Unexplained, c.Charge, s.before, after) {
			struck.Again = append(struck.Again, c)
		}
	}
	return struck, err
}

// near tells whether two amounts differ by no more than the last digit of what the panel tells of its balance.
func near(a, b decimal.Decimal, balances ...decimal.Decimal) bool {
	places := int32(2)
	for _, balance := range balances {
		places = max(places, -balance.Exponent())
	}
	return a.Sub(b).Abs().LessThanOrEqual(decimal.New(1, -places))
}
