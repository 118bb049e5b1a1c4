package journal

import (
	"context"
	"fmt"
)

// NewestOrders gives at most n ids of an account's orders, of the newest batches first: what its ids look like.
func (j *Journal) NewestOrders(ctx context.Context, account int64, n int) ([]string, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT order_id FROM rows WHERE account = $1 AND order_id IS NOT NULL
		ORDER BY batch DESC, seq DESC LIMIT $2`, account, n)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
