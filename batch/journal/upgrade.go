package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"bulkorder/batch/panel"
)

// provider knows the steps of the schema: SQL, and those that need Go.
func provider(db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, err
	}
	accounts := goose.NewGoMigration(firstAccounts, &goose.GoFunc{RunTx: giveAccounts}, nil)
	return goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithGoMigrations(accounts, refoldStep()))
}

func refoldStep() *goose.Migration {
	return goose.NewGoMigration(refolded, &goose.GoFunc{RunTx: refold}, nil)
}

// giveAccounts brings books of before accounts up to date: each address becomes an account whose key isn't known
// yet, and each row what it is recognised by. Of rows that then have the same order, which older books allowed
// under two spellings of an id or two names of a panel, all stay as they are, and are counted.
func giveAccounts(ctx context.Context, tx *sql.Tx) error {
	u := upgrade{ctx: ctx, tx: tx}
	if err := u.accounts(); err != nil {
		return fmt.Errorf("giving accounts to the books: %w", err)
	}
	if err := u.rows(); err != nil {
		return fmt.Errorf("giving accounts to the books: %w", err)
	}
	return nil
}

type upgrade struct {
	ctx context.Context
	tx  *sql.Tx
}

func (u upgrade) accounts() error {
	rows, err := u.tx.QueryContext(u.ctx, `SELECT DISTINCT url, panel FROM panels ORDER BY batch, position`)
	if err != nil {
		return err
	}
	type part struct{ url, panel string }
	parts, err := scanAll(rows, func(p *part) []any { return []any{&p.url, &p.panel} })
	if err != nil {
		return err
	}
	known := map[string]int64{}
	for _, p := range parts {
		address := accountAddress(p.url, p.panel)
		if known[address] == 0 {
			known[address] = int64(len(known) + 1)
			_, err := u.tx.ExecContext(u.ctx, `INSERT INTO accounts (n, address, name, kin) VALUES ($1, $2, $3, $1)`,
				known[address], address, p.panel)
			if err != nil {
				return err
			}
		}
		if _, err := u.tx.ExecContext(u.ctx, `UPDATE panels SET account = $1 WHERE url = $2 AND panel = $3`,
			known[address], p.url, p.panel); err != nil {
			return err
		}
	}
	_, err = u.tx.ExecContext(u.ctx, `UPDATE rows SET account = p.account FROM panels p
		WHERE p.batch = rows.batch AND p.panel = rows.panel`)
	return err
}

// oldRow is what a row of before accounts is recognised by.
type oldRow struct {
	batch, seq, account int64
	key, state, order   string
	params              []byte
	service             panel.Service
}

func (u upgrade) rows() error {
	rows, err := u.tx.QueryContext(u.ctx,
		`SELECT r.batch, r.seq, r.account, r.key, r.state, coalesce(r.order_id, ''), r.params,
		r.service, coalesce(s.name, ''), coalesce(s.category, ''), coalesce(s.type, '')
		FROM rows r LEFT JOIN services s ON s.batch = r.batch AND s.panel = r.panel AND s.id = r.service ORDER BY r.batch,
			r.seq`)
	if err != nil {
		return err
	}
	all, err := scanAll(rows, func(r *oldRow) []any {
		s := &r.service
		return []any{&r.batch, &r.seq, &r.account, &r.key, &r.state, &r.order, &r.params, &s.ID, &s.Name, &s.Category,
			&s.Type}
	})
	if err != nil {
		return err
	}
	taken, seen := map[string]bool{}, map[string]int{}
	for _, r := range all {
		if err := u.row(r, taken, seen); err != nil {
			return err
		}
	}
	return nil
}

func (u upgrade) row(r oldRow, taken map[string]bool, seen map[string]int) error {
	var id Identity
	key := r.key
	if state := State(r.state); state != Invalid && state != Skipped {
		var params []panel.Param
		if err := json.Unmarshal(r.params, &params); err != nil {
			return err
		}
		var ref string
		if rest, is := strings.CutPrefix(r.key, "ref:"); is { // ref:PANEL:REF
			_, ref, _ = strings.Cut(rest, ":")
		}
		id = Identify(r.service, params, ref)
		like := fmt.Sprintf("%d %d %s", r.batch, r.account, id.Likeness())
		seen[like]++
		id.Nth = seen[like]
		if key = id.Key(r.account); taken[fmt.Sprint(r.batch, key)] { // two Refs that differed in letter case
			key = r.key
		}
		taken[fmt.Sprint(r.batch, key)] = true
	}
	name := fmt.Sprintf("order %d %s", r.account, OrderKey(r.order))
	twin := seen[name]
	if r.order != "" {
		seen[name]++
	}
	_, err := u.tx.ExecContext(u.ctx, `UPDATE rows SET key = $1, ref = $2, content = $3, alias = $4, nth = $5, twin = $6
		WHERE batch = $7 AND seq = $8`, key, id.Ref, id.Content, id.Alias, max(id.Nth, 1), twin, r.batch, r.seq)
	return err
}

// oddities tells of rows of older books that break rules which hold now. They stay as they are.
func (j *Journal) oddities(ctx context.Context) ([]string, error) {
	var told []string
	for _, o := range []struct{ query, words string }{
		{`SELECT 'order ' || order_key, group_concat(b.id || ' row ' || line, ', ')
			FROM rows JOIN batches b ON b.n = rows.batch
			WHERE order_id IS NOT NULL GROUP BY account, order_key HAVING count(*) > 1 ORDER BY 1`,
			"of one panel stands in several rows: %s. At most one of them is right; `bulkorder explain BATCH ROW` shows each"},
		{`SELECT 'Ref ' || ref, group_concat(b.id || ' row ' || line, ', ')
			FROM rows JOIN batches b ON b.n = rows.batch
			WHERE ref <> '' AND state IN ('placed', 'in_doubt', 'sending') GROUP BY account, ref HAVING count(*) > 1 ORDER BY 1`,
			"was ordered by several rows: %s. Refs are compared without letter case now"},
	} {
		rows, err := j.write.QueryContext(ctx, o.query)
		if err != nil {
			return nil, err
		}
		type odd struct{ what, where string }
		all, err := scanAll(rows, func(o *odd) []any { return []any{&o.what, &o.where} })
		if err != nil {
			return nil, err
		}
		for _, one := range all[:min(len(all), mostOddities)] {
			told = append(told, fmt.Sprintf("%s "+o.words, one.what, one.where))
		}
		if n := len(all) - mostOddities; n > 0 {
			told = append(told, fmt.Sprintf("the same is true of %d more", n))
		}
	}
	if told != nil {
		told = append([]string{"the journal was written by an older version and is up to date now; what that version " +
			"allowed and this one doesn't stays as it is, and is told this once:"}, told...)
	}
	return told, nil
}

const mostOddities = 20

// scanAll reads all rows of a query and closes it.
func scanAll[T any](rows *sql.Rows, into func(*T) []any) ([]T, error) {
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := rows.Scan(into(&one)...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
