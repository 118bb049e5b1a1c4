package journal

import (
	"context"
	"fmt"
	"time"
)

// Pilot is how much of a batch is sent by a person's word: its first rows, which those are that were sent after a time.
// Until it is over, the same word again is about what is left of it.
type Pilot struct {
	Rows  int
	After time.Time
	Over  bool
}

// IsOpen tells whether there is a pilot that isn't over.
func (p Pilot) IsOpen() bool { return p.Rows > 0 && !p.Over }

// KeepPilot keeps the pilot of a batch; one of no rows: there is none.
func (j *Journal) KeepPilot(b Batch, p Pilot) error {
	over := 0
	if p.Over {
		over = 1
	}
	return j.doIn(b, func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE batches SET pilot = $1, pilot_after = $2, pilot_over = $3 WHERE n = $4`, p.Rows,
			toMillis(p.After), over, b.n)
		return err
	})
}

// piloted counts the rows of a batch's pilot that were sent and aren't to be sent again.
func (j *Journal) piloted(ctx context.Context, b Batch) (n int, err error) {
	err = j.read.QueryRowContext(ctx, `SELECT count(*) FROM rows WHERE batch = $1 AND sent_at > $2
		AND state NOT IN ('queued', 'held')`, b.n, toMillis(b.Pilot.After)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("reading the journal: %w", err)
	}
	return n, nil
}

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
