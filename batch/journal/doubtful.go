package journal

import (
	"context"
	"fmt"
)

// RowsInDoubt counts the rows in doubt of an account, and those that are under way, in all batches.
func (j *Journal) RowsInDoubt(ctx context.Context, account int64) (n int, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT count(*) FROM rows INDEXED BY rows_unsettled
		WHERE account = $1 AND state IN ('sending', 'in_doubt')`, account).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("reading the journal: %w", err)
	}
	return n, nil
}
