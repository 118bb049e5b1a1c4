package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// Untold is a placed row whose order the panel said that it doesn't have, each time that it was asked about it.
type Untold struct {
	Followed
	Cost decimal.NullDecimal // the highest estimate
}

// Untold gives such rows of a batch on a panel that were sent since a time. Rows about whose order a person or an
// inference decided aren't among them.
func (j *Journal) Untold(ctx context.Context, b Batch, name string, since time.Time) ([]Untold, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT seq, order_id, sent_at, changed_at, checked_at, silence, rate,
		units_high FROM rows INDEXED BY rows_due WHERE batch = $1 AND `+answered+` AND due_at IS NOT NULL AND panel = $2
		AND sent_at >= $3 AND status = '' AND silence <> '' ORDER BY seq`, b.n, name, toMillis(since))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type one struct {
		Untold
		sent, changed, checked int64
		silence                string
		rate                   decimal.Decimal
		units                  decimal.NullDecimal
	}
	found, err := scanAll(rows, func(o *one) []any {
		return []any{&o.Seq, &o.OrderID, &o.sent, &o.changed, &o.checked, &o.silence, &o.rate, &o.units}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var all []Untold
	for _, o := range found {
		if !(panel.Status{Error: o.silence}).Absent() {
			continue
		}
		o.SentAt, o.ChangedAt, o.CheckedAt = fromMillis(o.sent), fromMillis(o.changed), fromMillis(o.checked)
		o.Cost = decimal.NullDecimal{Decimal: o.rate.Mul(o.units.Decimal), Valid: o.units.Valid}
		all = append(all, o.Untold)
	}
	return all, nil
}

// LastTold gives the newest order of an account of which its panel told a status, and when that was; empty: it told of
// none.
func (j *Journal) LastTold(ctx context.Context, account int64) (order string, checked time.Time, err error) {
	var at int64
	err = j.read.QueryRowContext(ctx, `SELECT order_id, checked_at FROM rows WHERE account = $1 AND sent_at > 0
		AND state = 'placed' AND order_id IS NOT NULL AND one_of = '' AND status <> '' AND silence = ''
		ORDER BY sent_at DESC LIMIT 1`, account).Scan(&order, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return "", checked, nil
	}
	if err != nil {
		return "", checked, fmt.Errorf("reading the journal: %w", err)
	}
	return order, fromMillis(at), nil
}

// Disown puts placed rows of a batch in doubt whose orders the panel doesn't know, though its answer gave them; the
// order stays as the one that each may have. It gives how many there were: those of which a status was told meanwhile
// stay as they are.
func (j *Journal) Disown(b Batch, rows []Untold) (n int, err error) {
	err = j.doIn(b, func(ctx context.Context, t *statements) error {
		n = 0
		for _, r := range rows {
			note := fmt.Sprintf("the panel answered with order %s, and says that it has no such order; it may have been ordered "+
				"under another id, or not at all", r.OrderID)
			moved, err := t.move(ctx, Placed, `UPDATE rows SET state = 'in_doubt', candidate = order_id, order_id = NULL,
				note = $1, finding = '', silence = '' WHERE batch = $2 AND seq = $3 AND status = '' AND silence <> ''
				AND one_of = ''`, note, b.n, r.Seq)
			if err != nil {
				return err
			}
			if moved == 0 {
				continue
			}
			n++
			if _, err := t.exec(ctx, `UPDATE attempts SET candidate = order_id WHERE batch = $1 AND seq = $2
				AND n = (SELECT attempts FROM rows WHERE batch = $1 AND seq = $2)`, b.n, r.Seq); err != nil {
				return err
			}
		}
		return touch(ctx, t, b, n)
	})
	return n, err
}
