package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Moment is what a panel said of an account's balance while no order of ours was under way, and what our orders had
// been charged by then.
type Moment struct {
	Account int64
	Asked   time.Time // when the balance was asked
	At      time.Time // when it was answered
	Balance decimal.Decimal
	Charged decimal.Decimal // of our orders sent before; of those whose charge isn't told their estimate
	Unasked int             // orders that may still change and weren't asked about for it
}

// longestUnderWay is how long a request may be on its way. A row that has been "sending" for longer is one whose
// process is gone.
const longestUnderWay = 10 * time.Minute

// ErrUnquiet: an order of the account was under way while its balance was asked, so the two can't be compared.
var ErrUnquiet = errors.New("orders were under way while the balance was asked")

// ErrNoMoment: nothing was noted of the account by then.
var ErrNoMoment = errors.New("the books hold no balance of the account of that time")

// NoteMoment keeps a balance. Open orders that weren't asked about since then are counted as unasked. [ErrUnquiet]:
// nothing is kept, since an order was under way.
func (j *Journal) NoteMoment(m Moment, since time.Time) (Moment, error) {
	err := j.do(func(ctx context.Context, t *statements) error {
		if unquiet, err := underWay(ctx, t, m); err != nil {
			return err
		} else if unquiet {
			return rowError{ErrUnquiet}
		}
		rows, err := t.query(ctx, `SELECT charge, CASE WHEN charge IS NULL THEN rate END,
			CASE WHEN charge IS NULL THEN units_high END, count(*) FROM rows
			WHERE account = $1 AND order_id IS NOT NULL AND state = 'placed' AND sent_at <= $2 GROUP BY 1, 2, 3`,
			m.Account, toMillis(m.Asked))
		if err != nil {
			return err
		}
		groups, err := scanAll(rows, func(g *chargeGroup) []any { return []any{&g.charge, &g.rate, &g.units, &g.n} })
		if err != nil {
			return err
		}
		m.Charged = decimal.Zero
		for _, g := range groups {
			m.Charged = m.Charged.Add(g.amount().Mul(decimal.NewFromInt(int64(g.n))))
		}
		if err := t.queryRow(ctx, `SELECT count(*) FROM rows INDEXED BY rows_due WHERE account = $1 AND state = 'placed'
			AND due_at IS NOT NULL AND (checked_at < $2 OR silence <> '' AND sent_at > $2 - 2592000000)`, &m.Unasked, m.Account,
			toMillis(since)); err != nil {
			return err
		}
		_, err = t.exec(
			ctx,
			`INSERT INTO moments (account, asked_at, at, balance, charged, unasked) VALUES ($1, $2, $3, $4, $5, $6)`,
			m.Account,
			toMillis(m.Asked),
			toMillis(m.At),
			m.Balance.StringFixed(max(0, -m.Balance.Exponent())),
			m.Charged.String(),
			m.Unasked,
		)
		return err
	})
	return m, err
}

// underWay tells whether an order of the account was under way while its balance was asked, in whatever process, or the
// clock was set back since: then nobody can tell what was before and what after.
func underWay(ctx context.Context, t *statements, m Moment) (bool, error) {
	var any bool
	err := t.queryRow(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE account = $1 AND state = 'sending'
			AND sent_at > $4 AND sent_at > 0)
		OR EXISTS (SELECT 1 FROM rows r JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts
			WHERE r.account = $1 AND r.sent_at <= $3 AND r.sent_at > $4 AND r.sent_at > 0 AND a.ended_at >= $2)
		OR EXISTS (SELECT 1 FROM rows WHERE account = $1 AND sent_at > $3 AND sent_at > 0)
		OR EXISTS (SELECT 1 FROM moments WHERE account = $1 AND at > $2)`, &any,
		m.Account, toMillis(m.Asked), toMillis(m.At), toMillis(m.Asked.Add(-longestUnderWay)))
	return any, err
}

// chargeGroup are orders of one charge, or one estimate where it isn't told.
type chargeGroup struct {
	charge, rate, units decimal.NullDecimal
	n                   int
}

func (g chargeGroup) amount() decimal.Decimal {
	if g.charge.Valid {
		return g.charge.Decimal
	}
	return g.rate.Decimal.Mul(g.units.Decimal)
}

// MomentBefore gives the last moment of an account that had ended before a time. [ErrNoMoment]: there is none.
func (j *Journal) MomentBefore(ctx context.Context, account int64, t time.Time) (Moment, error) {
	m := Moment{Account: account}
	var asked, at int64
	err := j.read.QueryRowContext(ctx, `SELECT asked_at, at, balance, charged, unasked FROM moments
		WHERE account = $1 AND at < $2 ORDER BY at DESC, n DESC LIMIT 1`, account, toMillis(t)).
		Scan(&asked, &at, &m.Balance, &m.Charged, &m.Unasked)
	if errors.Is(err, sql.ErrNoRows) {
		return m, ErrNoMoment
	}
	if err != nil {
		return m, fmt.Errorf("reading the journal: %w", err)
	}
	m.Asked, m.At = fromMillis(asked), fromMillis(at)
	return m, nil
}

// MomentsSince gives the moments of an account that began after a time, the first first.
func (j *Journal) MomentsSince(ctx context.Context, account int64, t time.Time) ([]Moment, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT asked_at, at, balance, charged, unasked FROM moments
		WHERE account = $1 AND asked_at > $2 ORDER BY at, n`, account, toMillis(t))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Moment
	for rows.Next() {
		m := Moment{Account: account}
		var asked, at int64
		if err := rows.Scan(&asked, &at, &m.Balance, &m.Charged, &m.Unasked); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		m.Asked, m.At = fromMillis(asked), fromMillis(at)
		all = append(all, m)
	}
	return all, rows.Err()
}
