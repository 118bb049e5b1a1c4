package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"bulkorder/batch/panel"
)

// By this step rows are recognised by more spellings of their Refs, and of what their links point at.
const refolded = 31

// refold gives the rows of older books what they are recognised by now. Of two of one batch that were told apart by a
// spelling, and may both have been ordered, both stay: each stands against new ones.
func refold(ctx context.Context, tx *sql.Tx) error {
	changes, err := readFolds(ctx, tx)
	for _, c := range changes {
		if err == nil {
			err = c.keep(ctx, tx)
		}
	}
	if err != nil {
		return fmt.Errorf("comparing Refs and links as this version does: %w", err)
	}
	return nil
}

// folded is a row and what it is recognised by.
type folded struct {
	batch, seq, account int64
	key                 string
	was, is             Identity
}

// readFolds gives the rows that are recognised by something else now.
func readFolds(ctx context.Context, tx *sql.Tx) (changes []folded, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT r.batch, r.seq, r.account, r.key, r.ref, r.content, r.alias, r.nth,
			CASE WHEN s.id IS NULL THEN '' ELSE r.params END, r.service, coalesce(s.name, ''), coalesce(s.category, ''),
			coalesce(s.type, '')
		FROM rows r LEFT JOIN services s ON s.batch = r.batch AND s.panel = r.panel AND s.id = r.service
			AND r.content <> ''
		WHERE r.ref <> '' OR r.content <> '' ORDER BY r.batch, r.seq`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var f folded
		var params []byte
		var s panel.Service
		if err := rows.Scan(&f.batch, &f.seq, &f.account, &f.key, &f.was.Ref, &f.was.Content, &f.was.Alias, &f.was.Nth,
			&params, &s.ID, &s.Name, &s.Category, &s.Type); err != nil {
			return nil, err
		}
		if f.is, err = f.now(params, s); err != nil {
			return nil, err
		}
		if f.is != f.was {
			changes = append(changes, f)
		}
	}
	return changes, rows.Err()
}

// now gives what the row is recognised by now. Where its service isn't known any more, what its links point at stays.
func (f folded) now(params []byte, s panel.Service) (Identity, error) {
	is := f.was
	is.Ref = FoldRef(f.was.Ref)
	if len(params) == 0 {
		return is, nil
	}
	var all []panel.Param
	if err := json.Unmarshal(params, &all); err != nil {
		return is, err
	}
	id := Identify(s, all, "")
	is.Content, is.Alias = id.Content, id.Alias
	return is, nil
}

// keep keeps what the row is recognised by, and the key that follows from it, unless another row of its batch has that.
func (f folded) keep(ctx context.Context, tx *sql.Tx) error {
	key := f.key
	for key == f.was.Key(f.account) && f.is.Key(f.account) != key {
		is := f.is.Key(f.account)
		var taken bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM rows WHERE key = $1 AND batch = $2)`, is, f.batch).
			Scan(&taken)
		switch {
		case err != nil:
			return err
		case !taken:
			key = is
		case f.is.Ref != "":
			return f.write(ctx, tx, key)
		default:
			f.is.Nth++
		}
	}
	return f.write(ctx, tx, key)
}

func (f folded) write(ctx context.Context, tx *sql.Tx, key string) error {
	_, err := tx.ExecContext(ctx, `UPDATE rows SET key = $1, ref = $2, content = $3, alias = $4, nth = $5
		WHERE batch = $6 AND seq = $7`, key, f.is.Ref, f.is.Content, f.is.Alias, f.is.Nth, f.batch, f.seq)
	return err
}
