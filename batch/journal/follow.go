package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// Followed is a placed row whose order may still change.
type Followed struct {
	Seq       int64
	Service   string // of those that were never asked about
	OrderID   string
	SentAt    time.Time
	ChangedAt time.Time // when the panel last told something new; zero: never
	CheckedAt time.Time // when it was last asked; zero: never
}

// Open gives the placed rows on a panel whose orders aren't final and are due to be asked until then, those
// that are due first first. A zero time: all that aren't final.
func (j *Journal) Open(ctx context.Context, b Batch, panel string, until time.Time) ([]Followed, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT seq, order_id, sent_at, changed_at, checked_at FROM rows
		WHERE batch = ?1 AND state = 'placed' AND due_at IS NOT NULL AND panel = ?2 AND (?3 = 0 OR due_at <= ?3
			OR due_at > ?3 + ?4) ORDER BY due_at, seq`, b.n, panel, toMillis(until), farthest)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Followed
	for rows.Next() {
		var f Followed
		var sent, changed, checked int64
		if err := rows.Scan(&f.Seq, &f.OrderID, &sent, &changed, &checked); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		f.SentAt, f.ChangedAt, f.CheckedAt = fromMillis(sent), fromMillis(changed), fromMillis(checked)
		all = append(all, f)
	}
	return all, rows.Err()
}

// Part are open orders of one batch on one of its panels.
type Part struct {
	Batch  Batch
	Panel  string
	Orders []Followed
}

// OpenOn gives the orders of an account that may still change, of all batches, and that weren't asked about since a
// time.
func (j *Journal) OpenOn(ctx context.Context, account int64, since time.Time) ([]Part, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.batch, coalesce(b.id, ''), r.panel, r.seq, r.service, r.order_id,
		r.sent_at, r.changed_at, r.checked_at FROM rows r JOIN batches b ON b.n = r.batch
		WHERE r.account = ? AND r.state = 'placed' AND r.due_at IS NOT NULL AND r.order_id IS NOT NULL AND r.checked_at < ?
		ORDER BY r.batch, r.panel, r.seq`, account, toMillis(since))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Part
	for rows.Next() {
		var p Part
		var f Followed
		var sent, changed, checked int64
		if err := rows.Scan(&p.Batch.n, &p.Batch.ID, &p.Panel, &f.Seq, &f.Service, &f.OrderID, &sent, &changed,
			&checked); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		f.SentAt, f.ChangedAt, f.CheckedAt = fromMillis(sent), fromMillis(changed), fromMillis(checked)
		if n := len(all); n == 0 || all[n-1].Batch.n != p.Batch.n || all[n-1].Panel != p.Panel {
			all = append(all, p)
		}
		last := &all[len(all)-1]
		last.Orders = append(last.Orders, f)
	}
	return all, rows.Err()
}

// farthest, in milliseconds, is longer than any order rests: what is due later was stored when the clock was ahead.
const farthest = 24 * 60 * 60 * 1000

// Checked is what the panel says of a placed row's order.
type Checked struct {
	Seq int64
	At  time.Time
	Due time.Time // when it is asked next; zero: never, the order is final
	panel.Status
}

// Check stores statuses, keeps those that are new with their time, and gives how many rows changed. What
// the panel doesn't tell keeps what it told before; where it tells an error instead, the row keeps its status
// and the error stands beside it.
func (j *Journal) Check(b Batch, all []Checked) (int, error) {
	var told [][]any
	for _, c := range all {
		if c.Error == "" {
			told = append(told, []any{
				c.Seq, toMillis(c.At), c.Status.Status, c.Charge, c.Currency, c.StartCount, c.Remains, zeroNull(c.Due),
			})
		}
	}
	changed := 0
	err := j.do(func(ctx context.Context, t *statements) error {
		for _, c := range all {
			if c.Error == "" {
				continue
			}
			n, err := silent(ctx, t, b, c)
			if err != nil {
				return err
			}
			changed += int(n)
		}
		if len(told) > 0 {
			text := encode(told)
			n, err := t.exec(ctx, keepStatuses, b.n, text)
			if err != nil {
				return err
			}
			if _, err = t.exec(ctx, tellStatuses, b.n, text); err != nil {
				return err
			}
			changed += int(n)
		}
		return touch(ctx, t, b, changed)
	})
	return changed, err
}

// zeroNull is nil for a time that never comes.
func zeroNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return toMillis(t)
}

const (
	// statusesTold, c, are what a panel told of many orders, ?2, one after the other.
	statusesTold = `WITH c AS MATERIALIZED (SELECT value->>0 AS seq, value->>1 AS at, value->>2 AS status,
		value->>3 AS charge, value->>4 AS currency, nullif(value->>5, '') AS start_count, nullif(value->>6, '') AS remains,
		value->>7 AS due FROM json_each(?2)) `
	// chargeTold is null where the panel didn't tell it, or told it in another currency than that of the balance, with
	// which it can't be compared.
	chargeTold = `CASE WHEN c.currency <> '' AND EXISTS (SELECT 1 FROM panels p
		WHERE p.batch = r.batch AND p.panel = r.panel
		AND p.currency <> '' AND upper(p.currency) <> upper(c.currency)) THEN NULL ELSE c.charge END`
	// statusIsNew tells rows r of which c tells something new.
	statusIsNew = `(r.status <> c.status OR coalesce(` + chargeTold + `, r.charge) IS NOT r.charge
		OR coalesce(c.start_count, r.start_count) <> r.start_count OR coalesce(c.remains, r.remains) <> r.remains
		OR r.silence <> '')`
	keepStatuses = statusesTold + `INSERT INTO statuses (batch, seq, n, at, status, charge, currency, start_count, remains,
			before_at)
		SELECT r.batch, r.seq, (SELECT coalesce(max(n), 0) + 1 FROM statuses s WHERE s.batch = r.batch AND s.seq = r.seq),
			c.at, c.status, coalesce(` + chargeTold + `, r.charge), c.currency, coalesce(c.start_count, r.start_count),
			coalesce(c.remains, r.remains), r.checked_at
		FROM c CROSS JOIN rows r ON r.batch = ?1 AND r.seq = c.seq WHERE r.state = 'placed' AND ` + statusIsNew
	tellStatuses = statusesTold + `UPDATE rows AS r SET checked_at = c.at, due_at = c.due,
			changed_at = CASE WHEN ` + statusIsNew + ` THEN c.at ELSE r.changed_at END, status = c.status,
			charge = coalesce(` + chargeTold + `, r.charge), currency = coalesce(nullif(c.currency, ''), r.currency),
			start_count = coalesce(c.start_count, r.start_count), remains = coalesce(c.remains, r.remains), silence = ''
		FROM c WHERE r.batch = ?1 AND r.seq = c.seq AND r.state = 'placed'`
)

// silent stores that a panel told an error instead of a status.
func silent(ctx context.Context, t *statements, b Batch, c Checked) (changed int64, err error) {
	at := toMillis(c.At)
	changed, err = t.exec(ctx,
		`UPDATE rows SET silence = ?, changed_at = ? WHERE batch = ? AND seq = ? AND state = 'placed' AND silence <> ?`,
		c.Error, at, b.n, c.Seq, c.Error)
	if err == nil {
		_, err = t.exec(ctx, `UPDATE rows SET checked_at = ?, due_at = ? WHERE batch = ? AND seq = ? AND state = 'placed'`,
			at, nullMillis(c.Due), b.n, c.Seq)
	}
	return changed, err
}

// touch notes that the results of a batch have something new to show, where something changed.
func touch(ctx context.Context, t *statements, b Batch, changed int) error {
	if changed == 0 {
		return nil
	}
	_, err := t.exec(ctx, `UPDATE batches SET revision = revision + 1 WHERE n = ?`, b.n)
	return err
}

// Past is how an order stood from a time on.
type Past struct {
	At         time.Time           `json:"at"`
	Status     string              `json:"status"`
	Charge     decimal.NullDecimal `json:"charge"` // null: the panel hadn't told it
	Currency   string              `json:"currency"`
	StartCount string              `json:"start_count"`
	Remains    string              `json:"remains"`
}

// Statuses gives how a row's order stood over time, the first first; of a row that is one of a set nothing.
func (j *Journal) Statuses(ctx context.Context, b Batch, seq int64) ([]Past, error) {
	rows, err := j.read.QueryContext(
		ctx,
		`SELECT at, status, charge, currency, start_count, remains FROM statuses s WHERE batch = ?1 AND seq = ?2
			AND NOT EXISTS (SELECT 1 FROM rows r WHERE r.batch = ?1 AND r.seq = ?2 AND r.one_of <> '') ORDER BY n`,
		b.n,
		seq,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Past
	for rows.Next() {
		var p Past
		var at int64
		if err := rows.Scan(&at, &p.Status, &p.Charge, &p.Currency, &p.StartCount, &p.Remains); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		p.At = fromMillis(at)
		all = append(all, p)
	}
	return all, rows.Err()
}

// IsOpen tells whether something about a batch may still change at the panel: an order, or a refill.
func (j *Journal) IsOpen(ctx context.Context, b Batch) (bool, error) {
	var open bool
	err := j.read.QueryRowContext(ctx,
		`SELECT EXISTS (SELECT 1 FROM rows WHERE batch = ?1 AND state = 'placed' AND due_at IS NOT NULL)
		OR EXISTS (SELECT 1 FROM requests WHERE batch = ?1 AND due_at IS NOT NULL)`, b.n).
		Scan(&open)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return open, nil
}
