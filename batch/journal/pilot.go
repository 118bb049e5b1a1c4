package journal

import (
	"context"
	"fmt"
	"time"
)

// LastSent tells when a row of a batch was sent last; zero: none was.
func (j *Journal) LastSent(ctx context.Context, b Batch) (time.Time, error) {
	var at int64
	err := j.read.QueryRowContext(ctx, `SELECT coalesce(max(sent_at), 0) FROM rows WHERE batch = $1`, b.n).Scan(&at)
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the journal: %w", err)
	}
	return fromMillis(at), nil
}

// SentAfter gives the rows of a batch that were sent after a time, whatever came of it.
func (j *Journal) SentAfter(ctx context.Context, b Batch, after time.Time) (seqs []int64, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT seq FROM rows WHERE batch = $1 AND sent_at > $2`, b.n, toMillis(after))
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		seqs = append(seqs, seq)
	}
	return seqs, rows.Err()
}
