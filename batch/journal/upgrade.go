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

// provider knows the steps of the schema: SQL, and one that needs Go.
func provider(db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(schema, "schema")
	if err != nil {
		return nil, err
	}
	accounts := goose.NewGoMigration(6, &goose.GoFunc{RunTx: giveAccounts}, nil)
	return goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithGoMigrations(accounts))
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
			_, err := u.tx.ExecContext(u.ctx, `INSERT INTO accounts (n, address, name, kin) VALUES (?1, ?2, ?3, ?1)`,
				known[address], address, p.panel)
			if err != nil {
				return err
			}
		}
		if _, err := u.tx.ExecContext(u.ctx, `UPDATE panels SET account = ? WHERE url = ? AND panel = ?`,
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
	rows, err := u.tx.QueryContext(u.ctx, `SELECT r.batch, r.seq, r.account, r.key, r.state, coalesce(r.order_id, ''), r.params,
		r.service, coalesce(s.name, ''), coalesce(s.category, ''), coalesce(s.type, '')
		FROM rows r LEFT JOIN services s ON s.batch = r.batch AND s.panel = r.panel AND s.id = r.service ORDER BY r.batch, r.seq`)
	if err != nil {
		return err
	}
	all, err := scanAll(rows, func(r *oldRow) []any {
		s := &r.service
		return []any{&r.batch, &r.seq, &r.account, &r.key, &r.state, &r.order, &r.params, &s.ID, &s.Name, &s.Category, &s.Type}
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
	_, err := u.tx.ExecContext(u.ctx, `UPDATE rows SET key = ?, ref = ?, content = ?, alias = ?, nth = ?, twin = ?
		WHERE batch = ? AND seq = ?`, key, id.Ref, id.Content, id.Alias, max(id.Nth, 1), twin, r.batch, r.seq)
	return err
}

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
