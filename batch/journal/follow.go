package journal

import (
	"cmp"
	"context"
	"database/sql"
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
		WHERE batch = $1 AND state = 'placed' AND due_at IS NOT NULL AND panel = $2 AND (CAST($3 AS BIGINT) = 0 OR due_at <= $3
			OR due_at > $3 + $4) ORDER BY due_at, seq`, b.n, panel, toMillis(until), farthest)
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
		r.sent_at, r.changed_at, r.checked_at FROM rows r INDEXED BY rows_due CROSS JOIN batches b ON b.n = r.batch
		WHERE r.account = $1 AND r.state = 'placed' AND r.due_at IS NOT NULL AND r.order_id IS NOT NULL AND r.checked_at < $2
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
	changed := 0
	err := j.doIn(b, func(ctx context.Context, t *statements) error {
		currencies, err := currenciesOf(ctx, t, b)
		if err != nil {
			return err
		}
		if err := t.countPlaced(ctx); err != nil {
			return err
		}
		known, err := stoodSince(ctx, t, b, all)
		if err != nil {
			return err
		}
		for _, c := range all {
			was, is := known[c.Seq]
			if !is {
				continue
			}
			now := was.with(c, currencies[was.entry.Panel])
			if err := t.keepStatus(ctx, b, c, was, now); err != nil {
				return err
			}
			if now.isNews(was) {
				changed++
			}
			known[c.Seq] = now
		}
		return touch(ctx, t, b, changed)
	})
	return changed, err
}

// currenciesOf gives the currencies of the balances of a batch's panels.
func currenciesOf(ctx context.Context, t *statements, b Batch) (map[string]string, error) {
	rows, err := t.query(ctx, `SELECT panel, currency FROM panels WHERE batch = $1`, b.n)
	if err != nil {
		return nil, err
	}
	type part struct{ panel, currency string }
	all, err := scanAll(rows, func(p *part) []any { return []any{&p.panel, &p.currency} })
	currencies := map[string]string{}
	for _, p := range all {
		currencies[p.panel] = p.currency
	}
	return currencies, err
}

// stood is how an order stands in the books.
type stood struct {
	saying
	entry   Entry // what the sums know of the row
	checked int64
}

// saying is what a panel has told of an order.
type saying struct {
	status, currency, start, remains, silence string
	charge                                    sql.NullString
}

// stoodSince gives how the orders stand that a panel tells of, by seq.
func stoodSince(ctx context.Context, t *statements, b Batch, all []Checked) (map[int64]stood, error) {
	seqs := make([]int64, len(all))
	for i, c := range all {
		seqs[i] = c.Seq
	}
	rows, err := t.query(ctx, `SELECT seq, panel, service, rate, units_low, units_high, charge, status, charge, currency,
		start_count, remains, silence, checked_at FROM rows
		WHERE batch = $1 AND seq IN (SELECT CAST(value AS BIGINT) FROM json_each($2)) AND state = 'placed'`, b.n, encode(seqs))
	if err != nil {
		return nil, err
	}
	found, err := scanAll(rows, func(s *stood) []any {
		e := &s.entry
		return []any{&e.Seq, &e.Panel, &e.Service, &e.Rate, &e.Units.Low, &e.Units.High, &e.Charge, &s.status, &s.charge,
			&s.currency, &s.start, &s.remains, &s.silence, &s.checked}
	})
	known := make(map[int64]stood, len(found))
	for _, s := range found {
		s.entry.State, s.entry.Status = Placed, s.status
		known[s.entry.Seq] = s
	}
	return known, err
}

// with gives how an order stands that was told of. A charge in another currency than that of the balance can't be
// compared with it, and isn't kept. An error in the place of a status stands beside what was told before.
func (s stood) with(c Checked, balance string) stood {
	s.checked = toMillis(c.At)
	if c.Error != "" {
		s.silence = c.Error
		return s
	}
	elsewhere := !panel.SameCurrency(balance, c.Currency)
	if c.Charge.Valid && !elsewhere {
		s.charge = sql.NullString{String: c.Charge.Decimal.String(), Valid: true}
		s.entry.Charge = c.Charge
	}
	s.status, s.entry.Status, s.silence = c.Status.Status, c.Status.Status, ""
	s.currency = cmp.Or(c.Currency, s.currency)
	s.start, s.remains = cmp.Or(c.StartCount, s.start), cmp.Or(c.Remains, s.remains)
	return s
}

// isNews tells whether an order stands otherwise than it did. That the currency is told isn't news.
func (s stood) isNews(was stood) bool {
	was.currency = s.currency
	return s.saying != was.saying
}

// keepStatus stores what a panel told of an order.
func (s *statements) keepStatus(ctx context.Context, b Batch, c Checked, was, now stood) error {
	due := nullMillis(c.Due)
	switch {
	case !now.isNews(was):
		_, err := s.run(ctx, `UPDATE rows SET checked_at = $1, due_at = $2, currency = $3 WHERE batch = $4 AND seq = $5`,
			now.checked, due, now.currency, b.n, c.Seq)
		return err
	case c.Error != "":
		_, err := s.run(ctx, `UPDATE rows SET silence = $3, changed_at = $4, checked_at = $4, due_at = $5
			WHERE batch = $1 AND seq = $2`, b.n, c.Seq, c.Error, now.checked, due)
		return err
	}
	_, err := s.run(ctx, `INSERT INTO statuses (batch, seq, n, at, status, charge, currency, start_count, remains,
			before_at)
		VALUES ($1, $2, (SELECT coalesce(max(n), 0) + 1 FROM statuses WHERE batch = $1 AND seq = $2),
			$3, $4, $5, $6, $7, $8, $9)`,
		b.n, c.Seq, now.checked, now.status, now.charge, c.Currency, now.start, now.remains, was.checked)
	if err != nil {
		return err
	}
	_, err = s.run(ctx, `UPDATE rows SET checked_at = $3, due_at = $4, changed_at = $3, status = $5, charge = $6,
		currency = $7, start_count = $8, remains = $9, silence = '' WHERE batch = $1 AND seq = $2`,
		b.n, c.Seq, now.checked, due, now.status, now.charge, now.currency, now.start, now.remains)
	if err == nil {
		s.turn(b.n, was.entry, now.entry)
	}
	return err
}

// touch notes that the results of a batch have something new to show, where something changed.
func touch(ctx context.Context, t *statements, b Batch, changed int) error {
	if changed == 0 {
		return nil
	}
	_, err := t.exec(ctx, `UPDATE batches SET revision = revision + 1 WHERE n = $1`, b.n)
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
		`SELECT at, status, charge, currency, start_count, remains FROM statuses s WHERE batch = $1 AND seq = $2
			AND NOT EXISTS (SELECT 1 FROM rows r WHERE r.batch = $1 AND r.seq = $2 AND r.one_of <> '') ORDER BY n`,
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
		`SELECT EXISTS (SELECT 1 FROM rows WHERE batch = $1 AND state = 'placed' AND due_at IS NOT NULL)
		OR EXISTS (SELECT 1 FROM requests WHERE batch = $1 AND due_at IS NOT NULL)`, b.n).
		Scan(&open)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return open, nil
}
