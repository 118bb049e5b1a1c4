package journal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Pause is a person's word that nothing is ordered on an account, by whichever process and in whichever batch, until
// another word lets it go. Statuses are asked all the same.
type Pause struct {
	Account int64
	Panel   string // as the account is called
	By      string
	At      time.Time
}

// PausedError says that a row isn't sent since its account is paused.
type PausedError struct{ Pause }

func (e *PausedError) Error() string {
	return fmt.Sprintf("%s paused %s at %s; `bulkorder go-on %s` lets it go", e.By, e.Panel,
		e.At.Local().Format(time.DateTime), e.Panel)
}

// AccountsNamed gives the accounts that are called so, or were in a batch, without regard to case, and all names that
// accounts have.
func (j *Journal) AccountsNamed(ctx context.Context, name string) (found []int64, names []string, err error) {
	rows, err := j.read.QueryContext(ctx, `SELECT n, name FROM accounts WHERE same_as = 0
		UNION SELECT account, panel FROM panels WHERE account <> 0 ORDER BY 2, 1`)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var called string
		if err := rows.Scan(&n, &called); err != nil {
			return nil, nil, fmt.Errorf("reading the journal: %w", err)
		}
		names = append(names, called)
		if strings.EqualFold(called, name) && !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	return found, slices.Compact(names), rows.Err()
}

// Pause lets nothing more be ordered on an account. One that is paused already stays as it was paused first.
func (j *Journal) Pause(account int64, by string, at time.Time) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE accounts SET paused_at = $1, paused_by = $2 WHERE n = $3 AND paused_at = 0`,
			toMillis(at), by, account)
		return err
	})
}

// GoOn lets go of an account that is paused. What is to be sent on it in the background is due.
func (j *Journal) GoOn(account int64) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE accounts SET paused_at = 0, paused_by = '' WHERE n = $1`, account)
		if err != nil {
			return err
		}
		_, err = t.exec(ctx, `UPDATE jobs SET due_at = 0 WHERE batch IN (SELECT batch FROM panels WHERE account = $1)`,
			account)
		return err
	})
}

// Pauses gives the accounts that are paused.
func (j *Journal) Pauses(ctx context.Context) ([]Pause, error) {
	rows, err := j.read.QueryContext(ctx,
		`SELECT n, name, paused_by, paused_at FROM accounts WHERE paused_at > 0 AND same_as = 0 ORDER BY n`)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer rows.Close()
	var all []Pause
	for rows.Next() {
		var p Pause
		var at int64
		if err := rows.Scan(&p.Account, &p.Panel, &p.By, &at); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		p.At = fromMillis(at)
		all = append(all, p)
	}
	return all, rows.Err()
}

// pausedRow gives the pause of a queued row's account.
func pausedRow(ctx context.Context, t *statements, b Batch, seq int64) (p Pause, err error) {
	var at int64
	err = t.QueryRowContext(ctx, `SELECT a.n, r.panel, a.paused_by, a.paused_at FROM rows r
		JOIN accounts a ON a.n = r.account AND a.paused_at > 0 WHERE r.batch = $1 AND r.seq = $2 AND r.state = 'queued'`,
		b.n, seq).Scan(&p.Account, &p.Panel, &p.By, &at)
	p.At = fromMillis(at)
	return p, err
}
