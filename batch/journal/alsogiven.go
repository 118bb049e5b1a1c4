package journal

import (
	"context"
	"fmt"

	"bulkorder/parse"
)

// SameOrder is a row in doubt to which the panel gave an order.
type SameOrder struct {
	Batch string
	Line  parse.Line
}

// AlsoGiven tells which rows in doubt of an account the panel answered with an order that another row has.
func (j *Journal) AlsoGiven(ctx context.Context, account int64, order string) ([]SameOrder, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT b.id, r.line, r.tab, r.candidate
		FROM rows r INDEXED BY rows_unsettled JOIN batches b ON b.n = r.batch
		WHERE r.account = $1 AND r.state IN ('sending', 'in_doubt') AND r.candidate <> '' AND EXISTS (SELECT 1 FROM attempts a
			WHERE a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts AND a.verdict = 'placed')
		ORDER BY r.batch, r.seq`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []SameOrder
	for rows.Next() {
		var g SameOrder
		var candidate string
		if err := rows.Scan(&g.Batch, &g.Line.N, &g.Line.Tab, &candidate); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		if OrderKey(candidate) == OrderKey(order) {
			all = append(all, g)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}
