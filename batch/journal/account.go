package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/panel"
)

// Account is one panel of a batch's rows, and the account there.
type Account struct {
	Panel         string
	URL           string
	Currency      string
	BalanceBefore decimal.NullDecimal // before the batch's first run; not valid: not known
	BalanceAfter  decimal.NullDecimal
}

// Accounts lists the panels of the batch's rows, its own one first.
func (b Batch) Accounts() []Account {
	own := Account{
		Panel:         b.Panel,
		URL:           b.URL,
		Currency:      b.Currency,
		BalanceBefore: b.BalanceBefore,
		BalanceAfter:  b.BalanceAfter,
	}
	return append([]Account{own}, b.Others...)
}

// OneCurrency tells whether amounts of the batch's panels can be added up: not where one doesn't tell its currency.
func (b Batch) OneCurrency() bool {
	for _, a := range b.Others {
		if a.Currency != b.Currency || a.Currency == "" {
			return false
		}
	}
	return true
}

// Service is a service that a batch uses, as it stood when its price was approved.
type Service struct {
	Panel string
	panel.Service
}

// Services gives the services of a batch as they stood when their prices were approved, by panel and id.
func (j *Journal) Services(ctx context.Context, b Batch) ([]Service, error) {
	rows, err := j.read.QueryContext(
		ctx,
		"SELECT panel, id, name, type, category, rate, min, max, refill, cancel FROM services WHERE batch = ? ORDER BY panel <> ?, panel, id",
		b.n,
		b.Panel,
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Service
	for rows.Next() {
		var s Service
		if err := rows.Scan(&s.Panel, &s.ID, &s.Name, &s.Type, &s.Category, &s.Rate, &s.Min, &s.Max, &s.Refill, &s.Cancel); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// others reads the further panels of all batches.
func (j *Journal) others(ctx context.Context) (map[int64][]Account, error) {
	rows, err := j.read.QueryContext(
		ctx,
		"SELECT batch, panel, url, currency, balance_before, balance_after FROM panels ORDER BY batch, panel",
	)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	all := map[int64][]Account{}
	for rows.Next() {
		var n int64
		var a Account
		if err := rows.Scan(&n, &a.Panel, &a.URL, &a.Currency, &a.BalanceBefore, &a.BalanceAfter); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all[n] = append(all[n], a)
	}
	return all, rows.Err()
}

// Run is what a run notes about its batch as a whole; zero fields are left as they are.
type Run struct {
	Started, Ended time.Time
	By             string
	Panel          string // whose currency and balances these are; empty: the batch's own
	Currency       string
	BalanceBefore  decimal.NullDecimal // kept from the batch's first run
	BalanceAfter   decimal.NullDecimal
	MaxSpend       decimal.NullDecimal
	Workbook       string
	Written        int64 // the batch's revision that the workbook shows
}

// Note stores what a run says of its batch. A run that begins has something new to show.
func (j *Journal) Note(b Batch, r Run) error {
	return j.do(func(ctx context.Context, t *statements) error {
		if r.Panel != "" && r.Panel != b.Panel {
			if _, err := t.exec(ctx, `UPDATE panels SET currency = coalesce(nullif(?, ''), currency), balance_before = coalesce(balance_before, ?), balance_after = coalesce(?, balance_after)
				WHERE batch = ? AND panel = ?`, r.Currency, r.BalanceBefore, r.BalanceAfter, b.n, r.Panel); err != nil {
				return err
			}
			r.Currency, r.BalanceBefore, r.BalanceAfter = "", decimal.NullDecimal{}, decimal.NullDecimal{}
		}
		_, err := t.exec(
			ctx,
			`UPDATE batches SET
			started_at = max(started_at, ?), ended_at = max(ended_at, ?),
			created_by = coalesce(nullif(?, ''), created_by), currency = coalesce(nullif(?, ''), currency),
			balance_before = coalesce(balance_before, ?), balance_after = coalesce(?, balance_after),
			max_spend = coalesce(?, max_spend), workbook = coalesce(nullif(?, ''), workbook),
			written = coalesce(nullif(?, 0), written), revision = revision + (? > 0)
			WHERE n = ?`,
			toMillis(
				r.Started,
			),
			toMillis(r.Ended),
			r.By,
			r.Currency,
			r.BalanceBefore,
			r.BalanceAfter,
			r.MaxSpend,
			r.Workbook,
			r.Written,
			toMillis(r.Started),
			b.n,
		)
		return err
	})
}
