package settle

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/follow"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// A panel's answer to an order is believed, and yet the panel may say, when it is asked about the order, that it has
// none of that id. Three worlds look like that:
//
//   - The panel shows its orders some time after it took them. So the orders are asked about again, for a minute,
//     before anything follows from its not knowing them.
//   - The id is no order's: the answer meant something else by it, or what answered wasn't the panel. The row is in
//     doubt then, with the id as a candidate, for another order may have been made, or none.
//   - The panel tells of no order at all, whatever it is asked. Its word is worth nothing then, and rows in doubt
//     would wait for a person for no reason: that is said once. What tells this world from the one before is an order
//     that the panel knew: it is asked about it. Where there is none, many orders that aren't known are the panel's
//     fault if its balance fell by what they cost; of few nobody can tell, and they are in doubt.

const (
	showsLate     = time.Minute // after its answer a panel may show an order that it didn't know before
	fewestUnknown = 10          // orders of which a panel knows none, for its word about orders to be worth nothing
)

// Unknown is what became of placed rows whose orders the panel doesn't know.
type Unknown struct {
	Doubted int // rows that are in doubt now
	Blind   int // placed rows that stay so, since the panel seems to tell of no order at all
}

// Unknown asks again about orders that the panel doesn't know, and puts the rows in doubt whose orders it never shows.
// since is when the run began, balance that of its end.
func (l *Looker) Unknown(ctx context.Context, since time.Time, balance decimal.NullDecimal) (u Unknown, err error) {
	rows, err := l.askUnknown(ctx)
	if err != nil || len(rows) == 0 {
		return u, err
	}
	knows, err := l.knowsAny(ctx, since)
	if err != nil {
		return u, err
	}
	if !knows && len(rows) >= fewestUnknown && l.paidFor(rows, since, balance) {
		u.Blind = len(rows)
		return u, nil
	}
	if few := l.sampled(); len(rows) > few {
		if err := l.askAgain(ctx, rows[few:]); err != nil {
			return u, err
		}
		if rows, err = l.untold(ctx); err != nil {
			return u, err
		}
	}
	u.Doubted, err = l.Journal.Disown(l.Batch, rows)
	return u, err
}

// askUnknown asks about such orders, the first of many, until they have had the time to appear, and gives those that
// haven't.
func (l *Looker) askUnknown(ctx context.Context) ([]journal.Untold, error) {
	patience := min(showsLate, l.settler().late()/3)
	for _, part := range []time.Duration{6, 2, 1} {
		rows, err := l.untold(ctx)
		if err != nil || len(rows) == 0 {
			return rows, err
		}
		newest := slices.MaxFunc(rows, func(a, b journal.Untold) int { return a.SentAt.Compare(b.SentAt) })
		wait := time.Until(newest.SentAt.Add(patience / part))
		if wait <= 0 && part > 1 {
			continue // one of the later times comes soon, or they are of an earlier run
		}
		if err := pace.Sleep(ctx, wait); err != nil {
			return nil, err
		}
		if err := l.askAgain(ctx, rows[:min(len(rows), l.sampled())]); err != nil {
			return nil, err
		}
	}
	return l.untold(ctx)
}

// sampled is how many orders are asked about again while more may appear.
func (l *Looker) sampled() int {
	if l.single || l.Panel.StatusesAtOnce() == 1 {
		return fewestUnknown
	}
	return panel.Many
}

func (l *Looker) askAgain(ctx context.Context, rows []journal.Untold) error {
	var orders []journal.Followed
	for _, r := range rows {
		orders = append(orders, r.Followed)
	}
	f := follow.Follower{Journal: l.Journal, Batch: l.Batch, Panel: l.Panel, Pace: l.Pace, Single: l.single}
	return f.Orders(ctx, orders)
}

// untold reads the rows that the panel knows no orders of, of a day: later it may have thrown orders away.
func (l *Looker) untold(ctx context.Context) ([]journal.Untold, error) {
	return l.Journal.Untold(ctx, l.Batch, l.Panel.Panel.Name, time.Now().Add(-Remembered))
}

// knowsAny tells whether the panel knows an order of the account now: one of which it has told since the run began, or
// the newest one of which it told before, when it is asked about it.
func (l *Looker) knowsAny(ctx context.Context, since time.Time) (bool, error) {
	order, checked, err := l.Journal.LastTold(ctx, l.settler().account())
	if err != nil || order == "" {
		return false, err
	}
	if checked.After(since) {
		return true, nil
	}
	told, err := l.settler().prober().some(ctx, []string{order})
	if errors.Is(err, journal.ErrBroken) || ctx.Err() != nil {
		return false, err
	}
	return err == nil && told[order].Status != "", nil
}

// paidFor tells whether the balance fell by what orders cost, or what they cost can't be told by it.
func (l *Looker) paidFor(rows []journal.Untold, since time.Time, balance decimal.NullDecimal) bool {
	cost := decimal.Zero
	for _, r := range rows {
		if !r.SentAt.Before(since) {
			cost = cost.Add(r.Cost.Decimal)
		}
	}
	if !balance.Valid || !l.Before.Valid {
		return false
	}
	almost := cost.Mul(decimal.New(9, -1)) // prices may have fallen, and charges are rounded
	return l.Before.Decimal.Sub(balance.Decimal).GreaterThanOrEqual(almost)
}
