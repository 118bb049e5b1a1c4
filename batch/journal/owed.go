package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Owed tells of a batch that its account's balance wasn't compared with the orders since the panel refused rows, so
// that these may have been ordered all the same.
type Owed struct {
	Beside   string // another batch that has requests under way on the account, or broke off; empty: none has
	Unlooked bool   // it was compared, but not all was looked at where orders of such rows would stand
}

// owedSince is how long ago such rows may have been sent.
const owedSince = 24 * time.Hour

// owed finds out whether a comparison is owed to a batch; nil: none is.
func (j *Journal) owed(ctx context.Context, b Batch, now time.Time) (*Owed, error) {
	var account int64
	err := j.read.QueryRowContext(ctx, `SELECT r.account FROM rows r INDEXED BY rows_unsure
		JOIN attempts a ON a.batch = r.batch AND a.seq = r.seq AND a.n = r.attempts WHERE `+unsureRows+`
		AND r.batch = $1 AND r.state = 'refused' AND a.http_status <> 0 AND a.started_at >= $2
		AND a.started_at >= (SELECT max(m.asked_at) FROM moments m WHERE m.account = r.account) LIMIT 1`, b.n,
		toMillis(now.Add(-owedSince))).Scan(&account)
	o := &Owed{}
	if errors.Is(err, sql.ErrNoRows) {
		err = j.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows o INDEXED BY rows_unsure WHERE `+unsureRows+`
			AND o.batch = $1 AND o.state = 'refused' AND `+isUnlooked+`)`, b.n).Scan(&o.Unlooked)
		if err == nil && !o.Unlooked {
			return nil, nil
		}
		return o, err
	}
	if err == nil {
		beside, err := j.Sending(ctx, account)
		for _, id := range beside {
			if id != b.ID {
				o.Beside = id
			}
		}
		return o, err
	}
	return nil, fmt.Errorf("reading the journal: %w", err)
}

// placedElsewhere counts the refused rows of a batch that another one has placed since, as they are or by their Refs.
func (j *Journal) placedElsewhere(ctx context.Context, b Batch) (rows int, err error) {
	const since = ` AND x.batch <> r.batch AND x.state = 'placed' AND x.sent_at > r.sent_at)`
	err = j.read.QueryRowContext(ctx, `SELECT count(*) FROM rows r INDEXED BY rows_unsure WHERE `+unsureRows+`
		AND r.batch = $1 AND r.state = 'refused' AND (
		EXISTS (SELECT 1 FROM rows x INDEXED BY rows_content WHERE x.content = r.content AND r.content <> ''`+since+`
		OR EXISTS (SELECT 1 FROM rows x INDEXED BY rows_ref WHERE x.ref = r.ref AND x.ref <> ''`+since+`)`, b.n).Scan(&rows)
	if err != nil {
		return 0, fmt.Errorf("reading the journal: %w", err)
	}
	return rows, nil
}

// Sending gives the batches that have requests under way on an account, or had when they broke off.
func (j *Journal) Sending(ctx context.Context, account int64) ([]string, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT b.id FROM rows r JOIN batches b ON b.n = r.batch
		WHERE r.account = $1 AND r.state = 'sending' AND b.id IS NOT NULL GROUP BY b.n, b.id ORDER BY b.n`, account)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	ids, err := scanAll(rows, func(id *string) []any { return []any{id} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return ids, nil
}
