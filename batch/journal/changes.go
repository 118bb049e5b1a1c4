package journal

import (
	"context"
	"fmt"
	"iter"

	"bulkorder/parse"
)

// Change is a status that a row's order came to have.
type Change struct {
	Line    parse.Line // the row's place in the spreadsheet
	OrderID string
	Past
}

// Changes walks what the panel said of all orders of a batch but those of sets, in the order of the sheet and, of each
// order, of time: its first status and every change after it.
func (j *Journal) Changes(ctx context.Context, b Batch) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		rows, err := j.read.QueryContext(
			ctx,
			`SELECT r.line, r.tab, coalesce(r.order_id, ''), s.at, s.status, s.charge, s.currency, s.start_count, s.remains
			FROM rows r JOIN statuses s ON s.batch = r.batch AND s.seq = r.seq WHERE r.batch = $1 AND r.one_of = ''
			ORDER BY r.line, r.seq, s.n`,
			b.n,
		)
		if err != nil {
			yield(Change{}, fmt.Errorf("reading the journal: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var c Change
			var at int64
			err := rows.Scan(&c.Line.N, &c.Line.Tab, &c.OrderID, &at, &c.Status, &c.Charge, &c.Currency, &c.StartCount,
				&c.Remains)
			if err != nil {
				err = fmt.Errorf("reading the journal: %w", err)
			}
			c.At = fromMillis(at)
			if !yield(c, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Change{}, fmt.Errorf("reading the journal: %w", err))
		}
	}
}

// HasChanged tells whether any order of a batch changed after its first status.
func (j *Journal) HasChanged(ctx context.Context, b Batch) (bool, error) {
	var changed bool
	if err := j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM statuses s
		JOIN rows r ON r.batch = s.batch AND r.seq = s.seq WHERE s.batch = $1 AND s.n > 1 AND r.one_of = '')`, b.n).Scan(
		&changed); err != nil {
		return false, fmt.Errorf("reading the journal: %w", err)
	}
	return changed, nil
}
