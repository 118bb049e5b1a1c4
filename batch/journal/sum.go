package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Ledger is what the books say of the money of one account between two moments.
type Ledger struct {
	Charged   decimal.Decimal // of all placed rows of the batch on the account, as the panel told it last
	Uncharged int             // of them, those whose charge isn't told
	GivenBack int             // of them, those that were Partial, Canceled or Refunded, which may give money back
	Unsettled int             // rows of the account, of any batch, that are under way or in doubt
	Elsewhere bool            // other batches have orders on the account that may have been charged, or changed, meanwhile
}

// Ledger adds up what a batch and others did on an account since a moment.
func (j *Journal) Ledger(ctx context.Context, b Batch, account int64, since time.Time) (Ledger, error) {
	var l Ledger
	rows, err := j.read.QueryContext(ctx, `SELECT charge, status, count(*) FROM rows
		WHERE batch = ? AND account = ? AND state = 'placed' GROUP BY charge, status`, b.n, account)
	if err != nil {
		return l, fmt.Errorf("reading the journal: %w", err)
	}
	type group struct {
		charge decimal.NullDecimal
		status string
		n      int
	}
	all, err := scanAll(rows, func(g *group) []any { return []any{&g.charge, &g.status, &g.n} })
	if err != nil {
		return l, fmt.Errorf("reading the journal: %w", err)
	}
	for _, g := range all {
		switch s := StandingOf(g.status); {
		case !g.charge.Valid:
			l.Uncharged += g.n
		case s == Partly || s == Failed:
			l.GivenBack += g.n
		}
		l.Charged = l.Charged.Add(g.charge.Decimal.Mul(decimal.NewFromInt(int64(g.n))))
	}
	err = j.read.QueryRowContext(ctx,
		`SELECT (SELECT count(*) FROM rows WHERE account = ?1 AND state IN ('sending', 'in_doubt')),
		EXISTS (SELECT 1 FROM panels p JOIN batches o ON o.n = p.batch WHERE p.account = ?1 AND p.batch <> ?2
			AND o.id IS NOT NULL
			AND (max(o.started_at, o.ended_at) >= ?3 OR o.started_at > o.ended_at
			OR EXISTS (SELECT 1 FROM rows r WHERE r.batch = p.batch AND r.state = 'placed' AND r.due_at IS NOT NULL)))`,
		account, b.n, toMillis(since)).Scan(&l.Unsettled, &l.Elsewhere)
	if err != nil {
		return l, fmt.Errorf("reading the journal: %w", err)
	}
	return l, nil
}

// SentAgain gives the placed rows of a batch on a panel that the panel turned away since a moment and that were sent
// again, with their charges where they are told.
func (j *Journal) SentAgain(ctx context.Context, b Batch, panel string, since time.Time) ([]Charged, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.seq, r.line, r.panel, r.service, r.order_id, r.charge FROM rows r
		WHERE r.batch = ? AND r.panel = ? AND r.state = 'placed' AND r.attempts > 1 AND r.charge IS NOT NULL
		AND EXISTS (SELECT 1 FROM attempts a WHERE a.batch = r.batch AND a.seq = r.seq AND a.n < r.attempts
			AND a.started_at >= ? AND a.http_status <> 0)`, b.n, panel, toMillis(since))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(c *Charged) []any {
		return []any{&c.Seq, &c.Line, &c.Panel, &c.Service, &c.OrderID, &c.Charge}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}
