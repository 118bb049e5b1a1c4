package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

const newestOrders = 3

// maybe gives the accounts that an account may be, with their newest orders.
func (j *Journal) maybe(ctx context.Context, k Known, fingerprint string) ([]Maybe, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT n, address, name, apart FROM accounts
		WHERE n <> $1 AND same_as = 0 AND (kin = (SELECT kin FROM accounts WHERE n = $1) OR apart AND (address = $2
			OR n IN (SELECT account FROM account_keys WHERE fingerprint = $3))) ORDER BY n DESC`, k.N, k.Address, fingerprint)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(m *Maybe) []any { return []any{&m.N, &m.Address, &m.Name, &m.Apart} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	for i, m := range all {
		rows, err := j.read.QueryContext(
			ctx,
			`SELECT order_id, charge, rate, CASE WHEN units_low = units_high THEN units_low END FROM rows
			WHERE account = $1 AND order_id IS NOT NULL
			ORDER BY sent_at DESC, batch DESC, seq DESC LIMIT $2`,
			m.N,
			newestOrders,
		)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		type priced struct {
			Witness
			rate  decimal.Decimal
			units decimal.NullDecimal
		}
		orders, err := scanAll(rows, func(p *priced) []any { return []any{&p.ID, &p.Charge, &p.rate, &p.units} })
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		for _, p := range orders {
			p.Cost = decimal.NullDecimal{Decimal: p.rate.Mul(p.units.Decimal), Valid: p.units.Valid}
			all[i].Orders = append(all[i].Orders, p.Witness)
		}
	}
	return all, nil
}

// KeyedSince tells whether an account has accepted a key since a time that it hadn't before, and had one then.
func (j *Journal) KeyedSince(ctx context.Context, account int64, since time.Time) (is bool, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM account_keys WHERE account = $1 AND accepted_at <= $2)
		AND EXISTS (SELECT 1 FROM account_keys k WHERE k.account = $1 AND k.accepted_at > $2 AND NOT EXISTS (
			SELECT 1 FROM account_keys o WHERE o.account = $1 AND o.fingerprint = k.fingerprint AND o.accepted_at <= $2))`,
		account, toMillis(since)).Scan(&is)
	if err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return is, nil
}
