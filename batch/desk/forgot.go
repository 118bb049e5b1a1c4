package desk

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
	"bulkorder/batch/settle"
)

// forgot holds rows of a batch that may have been ordered in a time of which these books know nothing: a state folder
// that was put back from a copy looks like any other. Where rows of an earlier run wait, and an account's balance isn't
// what the books left it at, its newer orders are asked for.
func (w *work) forgot(ctx context.Context, b journal.Batch, o *opened, s Sending, out *Outcome) error {
	if b.Started.IsZero() || s.AllowRepeat || o.Panel.Panel.Exclusive == panel.Shared {
		return nil
	}
	f := &forgotten{work: w, batch: b, on: o, account: w.sumOf(b, o).Account}
	moved, err := f.moved(ctx)
	if err != nil || !moved {
		return err
	}
	note, err := f.orders(ctx)
	if err != nil || note == "" {
		return err
	}
	held, err := w.journal.HoldPerhaps(b, f.account, f.may, note)
	if held > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("rows of batch %s held, %d: %s. If others order on this account, "+
			"exclusive = false in the configuration says so", b.ID, held, note))
	}
	return err
}

// forgotten looks for orders of an account that its books may have forgotten.
type forgotten struct {
	*work
	batch   journal.Batch
	on      *opened
	account int64
	gap     journal.Gap
	left    decimal.Decimal       // what left the balance that no order explains, of what may be the same account either
	prices  []decimal.NullDecimal // of rows that wait
	doubts  []decimal.NullDecimal // of rows in doubt, of what may be the same account too
	newer   []settle.NewOrder     // that the books don't know, and no row in doubt explains
	without bool                  // none is shown, and somebody must have been charged all the same
}

// moved tells whether the balance is another one than the books left, by what a row that waits would cost or more, or
// went up, which may hide that.
func (f *forgotten) moved(ctx context.Context) (bool, error) {
	now, err := f.journal.MomentBefore(ctx, f.account, f.on.began.Add(time.Millisecond))
	if err != nil || now.At.Before(f.on.began.Truncate(time.Millisecond)) {
		return false, noMoment(err) // nothing was noted of now: others are sending
	}
	last, err := f.journal.MomentBefore(ctx, f.account, now.Asked)
	if err != nil {
		return false, noMoment(err)
	}
	if f.gap, err = f.journal.Gap(ctx, last, now); err != nil {
		return false, err
	}
	if f.prices, err = f.journal.QueuedPrices(ctx, f.batch, f.account); err != nil || len(f.prices) == 0 {
		return false, err
	}
	if f.doubts, err = f.journal.DoubtfulPrices(ctx, f.account); err != nil {
		return false, err
	}
	if f.gap.Unexplained.LessThan(f.gap.Error.Neg()) {
		return true, nil
	}
	beside, err := f.journal.SpentBeside(ctx, f.account, f.gap.From.At)
	if err != nil {
		return false, err
	}
	f.left = f.gap.Unexplained.Sub(beside.Cost)
	left := f.left
	for _, d := range f.doubts {
		left = left.Sub(d.Decimal)
	}
	return left.GreaterThan(f.gap.Error) && slices.ContainsFunc(f.prices, func(p decimal.NullDecimal) bool {
		return !p.Valid || p.Decimal.LessThanOrEqual(left.Add(f.gap.Error).Add(near(p.Decimal)))
	}), nil
}

func noMoment(err error) error {
	if errors.Is(err, journal.ErrNoMoment) {
		return nil
	}
	return err
}

// orders looks for orders that the books don't know, and says what it found; empty: nothing that rows that wait may be.
func (f *forgotten) orders(ctx context.Context) (note string, err error) {
	highest, err := f.journal.HighestOrder(ctx, f.account)
	if err != nil {
		return "", err
	}
	var found []settle.NewOrder
	beside, err := f.journal.OrdersBeside(ctx, f.account)
	if err != nil {
		return "", err
	}
	if highest > 0 {
		if found, _, err = settle.OrdersJustAbove(ctx, f.on.Panel, f.on.calls, highest); ctx.Err() != nil {
			return "", err
		}
	}
	found = slices.DeleteFunc(found, func(n settle.NewOrder) bool { return beside[journal.OrderKey(n.ID)] })
	doubts := slices.Clone(f.doubts)
	for _, n := range found {
		if i := slices.IndexFunc(doubts, func(d decimal.NullDecimal) bool { return fits(n, d) }); i >= 0 {
			doubts = slices.Delete(doubts, i, i+1)
		} else {
			f.newer = append(f.newer, n)
		}
	}
	if len(f.newer) > 0 {
		return f.newerWords(), nil
	}
	told, err := f.journal.ToldNo(ctx, f.account, f.gap.From.Asked)
	f.without = len(told) == 0 && len(f.doubts) == 0 && len(found) == 0 && f.gap.Lacks() &&
		f.left.GreaterThan(f.gap.Error) && f.on.Panel.Panel.Exclusive == panel.Alone
	if err != nil || !f.without {
		return "", err
	}
	return fmt.Sprintf("it may have been ordered already: %s left the balance since %s that no order of these books "+
		"explains", f.left, f.gap.From.At.UTC().Format("2006-01-02 15:04:05")), nil
}

// newerWords name orders that the books don't know.
func (f *forgotten) newerWords() string {
	var ids []string
	for _, n := range f.newer[:min(len(f.newer), namedOrders)] {
		ids = append(ids, n.ID)
	}
	if len(ids) < len(f.newer) {
		ids = append(ids, "…")
	}
	return "it may have been ordered already: the panel shows orders that these books don't know, " +
		strings.Join(ids, ", ") + ", and its balance isn't what they left it at"
}

// may tells whether a row of this price may be one of the orders.
func (f *forgotten) may(price decimal.NullDecimal) bool {
	if f.without {
		return !price.Valid || price.Decimal.LessThanOrEqual(f.left.Add(f.gap.Error).Add(near(price.Decimal)))
	}
	return slices.ContainsFunc(f.newer, func(n settle.NewOrder) bool { return fits(n, price) })
}

// fits tells whether an order may be charged what a row would cost.
func fits(n settle.NewOrder, price decimal.NullDecimal) bool {
	if !n.Charge.Valid || !price.Valid {
		return true
	}
	return n.Charge.Decimal.Sub(price.Decimal).Abs().LessThanOrEqual(near(price.Decimal))
}

// near is by how much a charge may be another one than its estimate: panels round, and prices move.
func near(price decimal.Decimal) decimal.Decimal {
	return decimal.Max(decimal.New(1, -2), price.Mul(decimal.New(5, -2)))
}
