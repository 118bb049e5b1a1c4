package journal

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Repeats says which rows of other batches make a row a repeat.
type Repeats struct {
	Since time.Time // orders placed before this are no longer minded, unless the row has a Ref
	Allow bool      // a person said that repeats are wanted; a Ref is still ordered once
	Under string    // batches of this fingerprint are no repeats: the person orders the same sheet again; empty: none
}

// RefPrefix begins the key of a row that bears a Ref: such a row is ordered once, ever.
const RefPrefix = "ref:"

// Earlier is a row of another batch that is, or may become, the same order.
type Earlier struct {
	Batch       string
	Fingerprint string
	Line        int
	State       State
	OrderID     string
	SentAt      time.Time
}

// Words says what the earlier row is.
func (e Earlier) Words() string {
	switch e.State {
	case Placed:
		return fmt.Sprintf(
			"placed as order %s by batch %s, row %d, on %s",
			e.OrderID,
			e.Batch,
			e.Line,
			e.SentAt.UTC().Format("2006-01-02"),
		)
	case Queued:
		return fmt.Sprintf("still to be sent by batch %s, row %d", e.Batch, e.Line)
	}
	return fmt.Sprintf("in doubt in batch %s, row %d: it may have been ordered", e.Batch, e.Line)
}

// Holds tells whether the earlier row holds back a row with this key, and for which reason.
func (r Repeats) Holds(key string, e Earlier) (Reason, bool) {
	if strings.HasPrefix(key, RefPrefix) {
		return Reordered, true
	}
	if r.Allow || r.Under != "" && r.Under == e.Fingerprint || e.State == Placed && e.SentAt.Before(r.Since) {
		return "", false
	}
	return Repeat, true
}

const earlierColumns = `b.id, b.fingerprint, o.line, o.state, coalesce(o.order_id, ''), o.sent_at`

func scanEarlier(scan func(...any) error, more ...any) (Earlier, error) {
	var e Earlier
	var sent int64
	err := scan(append(more, &e.Batch, &e.Fingerprint, &e.Line, &e.State, &e.OrderID, &sent)...)
	e.SentAt = fromMillis(sent)
	return e, err
}

// Earlier finds the rows of admitted batches that have this key and are, or may become, orders.
func (j *Journal) Earlier(ctx context.Context, key string) ([]Earlier, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT `+earlierColumns+` FROM rows o JOIN batches b ON b.n = o.batch
		WHERE o.key = ? AND b.id IS NOT NULL AND o.state IN ('placed', 'in_doubt', 'sending', 'queued')`, key)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Earlier
	for rows.Next() {
		e, err := scanEarlier(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// HoldRepeats holds the draft's rows that another batch than the one with this id has ordered, or may
// have, or is about to.
func (d *Draft) HoldRepeats(id string, r Repeats) error {
	return d.j.do(func(ctx context.Context, t *statements) error {
		return holdRepeats(ctx, t, d.Batch.n, id, r)
	})
}

func holdRepeats(ctx context.Context, t *statements, draft int64, id string, r Repeats) error {
	type hold struct {
		seq    int64
		reason Reason
		note   string
	}
	var holds []hold
	rows, err := t.conn.QueryContext(
		ctx,
		`SELECT d.seq, d.key, `+earlierColumns+` FROM rows d JOIN rows o ON o.key = d.key JOIN batches b ON b.n = o.batch
		WHERE d.batch = ? AND d.state = 'queued' AND b.id IS NOT NULL AND b.id <> ? AND o.state IN ('placed', 'in_doubt', 'sending', 'queued')`,
		draft,
		id,
	)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq int64
		var key string
		e, err := scanEarlier(rows.Scan, &seq, &key)
		if err != nil {
			return err
		}
		if reason, holding := r.Holds(key, e); holding {
			holds = append(holds, hold{seq, reason, e.Words()})
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, h := range holds {
		if _, err := t.exec(ctx, `UPDATE rows SET state = 'held', reason = ?, note = ? WHERE batch = ? AND seq = ? AND state = 'queued'`, string(h.reason), h.note, draft, h.seq); err != nil {
			return err
		}
	}
	return nil
}

// Outlook tells how many rows the admission of the draft under this id would leave to be sent that the
// batch doesn't hold yet as an order, or as one that may be.
func (d *Draft) Outlook(ctx context.Context, id string) (Totals, error) {
	return d.j.totals(ctx, `SELECT `+totalColumns+` FROM rows WHERE batch = ?1 AND state = 'queued' AND NOT EXISTS (
		SELECT 1 FROM rows o JOIN batches b ON b.n = o.batch WHERE b.id = ?2 AND o.key = rows.key
		AND (o.state IN ('placed', 'in_doubt', 'sending') OR o.state = 'refused' AND o.params = rows.params)) GROUP BY `+totalGroups, d.Batch.n, id)
}
