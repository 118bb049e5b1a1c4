package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
)

// SentElsewhere tells whether orders of a batch on one of its panels, or what may be some, are on another account than
// this one.
func (j *Journal) SentElsewhere(ctx context.Context, b Batch, panel string, account int64) (is bool, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE batch = $1 AND panel = $2
		AND account <> $3 AND state IN ('sending', 'placed', 'in_doubt'))`, b.n, panel, account).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return is, nil
}

// HighestOrder is the highest id of an account's orders in these books; 0: there is none, or ids aren't numbers.
func (j *Journal) HighestOrder(ctx context.Context, account int64) (highest int64, err error) {
	sent, err := j.Orders(ctx, account)
	for _, s := range sent {
		id, err := strconv.ParseInt(s.OrderID, 10, 64)
		if err != nil {
			return 0, nil
		}
		highest = max(highest, id)
	}
	return highest, err
}

// OrdersBeside gives the keys of the orders that other accounts have that may be the same as this one.
func (j *Journal) OrdersBeside(ctx context.Context, account int64) (map[string]bool, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.order_key FROM accounts a
		JOIN accounts o ON o.kin = a.kin AND o.n <> a.n JOIN rows r ON r.account = o.n
		WHERE a.n = $1 AND r.order_id IS NOT NULL`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(key *string) []any { return []any{key} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	keys := make(map[string]bool, len(all))
	for _, key := range all {
		keys[key] = true
	}
	return keys, nil
}

// someOrders are enough to see how far apart the ids of an account's orders are.
const someOrders = 1000

// OrdersApart is how far apart the ids of an account's newest orders are at most, those that are numbers.
func (j *Journal) OrdersApart(ctx context.Context, account int64) (apart int64, err error) {
	texts, err := j.NewestOrders(ctx, account, someOrders)
	if err != nil {
		return 0, err
	}
	var ids []int64
	for _, text := range texts {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for i := 1; i < len(ids); i++ {
		apart = max(apart, ids[i]-ids[i-1])
	}
	return apart, nil
}

// price is what rows cost that are alike, as the books write it.
type price struct{ rate, units string }

// amount is not valid where it isn't known.
func (p price) amount() (d decimal.NullDecimal, err error) {
	if p.units == "" {
		return d, nil
	}
	rate, err := decimal.NewFromString(p.rate)
	if err != nil {
		return d, err
	}
	units, err := decimal.NewFromString(p.units)
	return decimal.NewNullDecimal(rate.Mul(units)), err
}

// QueuedPrices gives what queued rows of a batch on an account cost at most, each price once; ones that aren't known
// aren't valid.
func (j *Journal) QueuedPrices(ctx context.Context, b Batch, account int64) (all []decimal.NullDecimal, err error) {
	rows, err := j.read.QueryContext(ctx, queuedPrices, b.n, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	prices, err := scanAll(rows, func(p *price) []any { return []any{&p.rate, &p.units} })
	for _, p := range prices {
		amount, bad := p.amount()
		all, err = append(all, amount), errors.Join(err, bad)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

const queuedPrices = `SELECT DISTINCT rate, coalesce(units_high, '') FROM rows WHERE batch = $1 AND account = $2
	AND state = 'queued'`

// DoubtfulPrices gives what each row in doubt of an account, and of every account that may be the same, would cost,
// whichever batch it is of.
func (j *Journal) DoubtfulPrices(ctx context.Context, account int64) (all []decimal.NullDecimal, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT rate, coalesce(units_high, '') FROM rows INDEXED BY rows_unsettled
		WHERE state IN ('sending', 'in_doubt') AND (account = $1
		OR account IN (SELECT n FROM accounts WHERE kin = (SELECT kin FROM accounts WHERE n = $1)))
		ORDER BY batch, seq`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	prices, err := scanAll(rows, func(p *price) []any { return []any{&p.rate, &p.units} })
	for _, p := range prices {
		amount, bad := p.amount()
		all, err = append(all, amount), errors.Join(err, bad)
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}

// HoldPerhaps holds queued rows of a batch on an account that may have been ordered in a time of which the books know
// nothing: of each price that may says so. note tells of the orders; rows that a person released in spite of the same
// note stay. It gives how many it holds.
func (j *Journal) HoldPerhaps(b Batch, account int64, may func(decimal.NullDecimal) bool, note string) (held int,
	err error,
) {
	err = j.doIn(b, func(ctx context.Context, t *statements) error {
		held = 0
		rows, err := t.query(ctx, queuedPrices, b.n, account)
		if err != nil {
			return err
		}
		prices, err := scanAll(rows, func(p *price) []any { return []any{&p.rate, &p.units} })
		if err != nil {
			return err
		}
		for _, p := range prices {
			amount, err := p.amount()
			if err != nil {
				return err
			}
			if !may(amount) {
				continue
			}
			n, err := t.exec(ctx, `UPDATE rows SET state = 'held', reason = $1, note = $2 WHERE batch = $3 AND account = $4
				AND state = 'queued' AND rate = $5 AND coalesce(units_high, '') = $6
				AND instr(word, '|' || $2 || '|') = 0`, string(Forgotten), note, b.n, account, p.rate, p.units)
			if err != nil {
				return err
			}
			held += int(n)
		}
		return touch(ctx, t, b, held)
	})
	return held, err
}
