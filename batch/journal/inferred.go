package journal

import (
	"context"
	"fmt"

	"bulkorder/parse"
)

// Given is an order that a row was given by an inference, not by the panel's answer or a person.
type Given struct {
	OrderID string
	Batch   string // the row's
	Line    parse.Line
	Seq     int64
}

// Given gives such orders of an account, of all batches; of a set, each with one of its rows.
func (j *Journal) Given(ctx context.Context, account int64) ([]Given, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT r.order_id, b.id, r.line, r.tab, r.seq
		FROM decisions d JOIN rows r ON r.batch = d.batch AND r.seq = d.seq JOIN batches b ON b.n = r.batch
		LEFT JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts
		WHERE d.how IN ('inferred', 'set') AND d.state = 'placed' AND r.account = $1 AND r.order_id IS NOT NULL
		AND coalesce(a.candidate, '') <> r.order_id ORDER BY r.sent_at`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(g *Given) []any { return []any{&g.OrderID, &g.Batch, &g.Line.N, &g.Line.Tab, &g.Seq} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}
