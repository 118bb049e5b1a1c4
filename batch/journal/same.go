package journal

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// A sheet that is run again mostly says what it said before, when all of it is ordered already. That is known by a
// digest of what was made of the sheet, so that nothing needs to be written into the books and matched there.

// digested takes a row into the digest: what the sheet says of it.
func (d *Draft) digested(e Entry, said []byte) {
	d.unordered = d.unordered || e.Line <= d.line // an item of a list beside others
	d.line = e.Line
	d.said = append(append(d.said[:0], d.digest[:]...), said...)
	d.digest = sha256.Sum256(d.said)
}

// drafted is the digest of the whole draft; empty: not known.
func (d *Draft) drafted() string {
	if !d.read || d.reading == nil {
		return ""
	}
	b, r := d.Batch, d.reading
	about := []any{b.Sheet, b.Mapped, b.Worksheet, b.Columns, b.MaxSpend, r.Fingerprint, r.Worksheet, r.Notes, r.Services}
	for _, a := range r.Accounts {
		about = append(about, a.N, a.Panel, a.URL)
	}
	sum := sha256.Sum256(append(d.digest[:], encode(about)...))
	return hex.EncodeToString(sum[:])
}

// rowReader reads one row: the books as they are committed, or as a transaction sees them.
type rowReader interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// saysNothingNew tells whether making the draft an edition of the batch with this id would change nothing: the batch
// was last made of the very same, and has as many rows, none of which waits, is held or is in doubt; and no other batch
// has rows like these, by which they would be judged.
func (d *Draft) saysNothingNew(ctx context.Context, books rowReader, id string) (bool, error) {
	if d.apart == nil || d.entered || d.drafted() == "" || d.unordered || id == "" {
		return false, nil
	}
	var n int64
	err := books.QueryRowContext(ctx, `SELECT n FROM batches WHERE id = $1 AND drafted = $2 AND drafted <> ''`, id,
		d.drafted()).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var settled bool
	err = books.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM rows WHERE batch = $1) = $2
		AND NOT EXISTS (SELECT 1 FROM rows INDEXED BY rows_waiting WHERE batch = $1 AND state IN ('queued', 'held'))
		AND NOT EXISTS (SELECT 1 FROM rows INDEXED BY rows_unsettled WHERE state IN ('sending', 'in_doubt') AND batch = $1)`,
		n, d.seq).Scan(&settled)
	if err != nil || !settled {
		return false, err
	}
	var like bool
	err = books.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM batches WHERE n <> $1 AND id IS NOT NULL)
		AND EXISTS (SELECT 1 FROM rows d WHERE d.batch = $1 AND (`+likeElsewhere()+`))`, n).Scan(&like)
	return !like, err
}

// likeElsewhere tells rows d that another batch has something like.
func likeElsewhere() string {
	const elsewhere = ` AND o.batch < d.batch) OR EXISTS (SELECT 1 FROM rows o `
	condition := `d.ref <> '' AND EXISTS (SELECT 1 FROM rows o INDEXED BY rows_ref WHERE o.ref = d.ref AND o.ref <> ''
		AND o.batch <> d.batch)`
	for _, like := range []string{
		`INDEXED BY rows_content WHERE o.content = nullif(d.content, '')`,
		`INDEXED BY rows_content WHERE o.content = nullif(d.alias, '')`,
		`INDEXED BY rows_alias WHERE o.alias = d.content AND o.alias <> ''`,
		`INDEXED BY rows_alias WHERE o.alias = d.alias AND o.alias <> ''`,
	} {
		condition += ` OR EXISTS (SELECT 1 FROM rows o ` + like + elsewhere + like + ` AND o.batch > d.batch)`
	}
	return condition
}

// admitSame admits a draft that says nothing new of the batch with this id, which stays as it is; known is false where
// that isn't so any more.
func (d *Draft) admitSame(ctx context.Context, id string) (known bool, err error) {
	if id == "" || d.same != id {
		return false, nil
	}
	err = d.j.do(func(ctx context.Context, t *statements) error {
		if known, err = d.saysNothingNew(ctx, t, id); err != nil || !known {
			return err
		}
		if err := d.bind(ctx, t, id); err != nil {
			return err
		}
		if err := d.enqueue(ctx, t, id); err != nil {
			return err
		}
		return drop(ctx, t, d.Batch.n)
	})
	if err != nil {
		return false, fmt.Errorf("comparing it with what was said before: %w", err)
	}
	if known {
		d.apart.close()
	}
	return known, nil
}

// merge makes the draft an edition of the batch with this id.
func (d *Draft) merge(ctx context.Context, t *statements, id string) error {
	if err := merge(ctx, t, d.Batch.n, id); err != nil {
		return err
	}
	_, err := t.exec(ctx, `UPDATE batches SET drafted = $1 WHERE id = $2`, d.drafted(), id)
	return err
}

// beforeSame is [Draft.Before] of a draft that says nothing new: its rows are those of the batch, line by line.
func (d *Draft) beforeSame(ctx context.Context, id string) ([]Before, error) {
	rows, err := d.j.read.QueryContext(ctx, `SELECT line, state, CASE one_of WHEN '' THEN coalesce(order_id, '') ELSE ''
		END, sent_at, note FROM rows WHERE batch = (SELECT n FROM batches WHERE id = $1) ORDER BY line`, id)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	all := make([]Before, 0, d.seq)
	for e, err := range d.apart.all() {
		if err != nil {
			return nil, err
		}
		b := Before{Seq: e.Seq, Was: e.State}
		var line int
		var sent int64
		if !rows.Next() {
			return nil, errors.Join(errChanged, rows.Err())
		}
		if err := rows.Scan(&line, &b.State, &b.OrderID, &sent, &b.Note); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		if line != e.Line {
			return nil, errChanged
		}
		if b.SentAt = fromMillis(sent); b.State == Placed || b.State == Refused {
			all = append(all, b)
		}
	}
	return all, rows.Err()
}

var errChanged = errors.New("the batch was changed by another process meanwhile; run it again")
