package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// Unread is what left on an account since a time, where charges aren't told so that they can be compared.
type Unread struct {
	Orders    int
	Cost      decimal.Decimal // the highest estimates, and what is told of charges
	Most      decimal.Decimal // with what rounding each to two places may add
	Unknown   bool            // it can't be estimated what some of them cost
	Elsewhere []Service       // of the batch's orders whose charges are told in another currency
	Untold    []Service       // of those whose charges aren't told though they were asked about
}

// Unread adds up the orders of an account, whatever batch they are of, and those that may be some.
func (j *Journal) Unread(ctx context.Context, b Batch, account int64, since time.Time, currency string) (
	u Unread, err error,
) {
	rows, err := j.read.QueryContext(ctx, `SELECT batch, panel, service, rate, units_high, charge, currency,
		state = 'placed' AND status <> '', count(*) FROM rows INDEXED BY rows_sent
		WHERE account = $1 AND sent_at > 0 AND sent_at >= $2 AND state IN ('placed', 'in_doubt', 'sending')
		GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`, account, toMillis(since))
	if err != nil {
		return u, fmt.Errorf("reading the journal: %w", err)
	}
	type group struct {
		batch                    int64
		panel, service, currency string
		rate                     decimal.Decimal
		units, charge            decimal.NullDecimal
		told                     bool
		n                        int
	}
	all, err := scanAll(rows, func(g *group) []any {
		return []any{&g.batch, &g.panel, &g.service, &g.rate, &g.units, &g.charge, &g.currency, &g.told, &g.n}
	})
	if err != nil {
		return u, fmt.Errorf("reading the journal: %w", err)
	}
	seen := map[string]bool{}
	for _, g := range all {
		n := decimal.NewFromInt(int64(g.n))
		u.Orders += g.n
		u.Unknown = u.Unknown || !g.units.Valid && !g.charge.Valid
		cost := g.rate.Mul(g.units.Decimal)
		if g.charge.Valid {
			cost = g.charge.Decimal
		}
		u.Cost, u.Most = u.Cost.Add(cost.Mul(n)), u.Most.Add(cost.Add(decimal.New(1, -2)).Mul(n))
		if g.batch != b.n || g.charge.Valid || !g.told || seen[g.service] {
			continue
		}
		seen[g.service] = true
		s := Service{Panel: g.panel, Service: panel.Service{ID: g.service}}
		if panel.SameCurrency(currency, g.currency) {
			u.Untold = append(u.Untold, s)
		} else {
			u.Elsewhere = append(u.Elsewhere, s)
		}
	}
	return u, nil
}
