package journal

import (
	"context"
	"time"
)

// Allowance is the rate of an account, kept in the books so that all processes that send on it share it. It implements
// batch.Allowance.
type Allowance struct {
	j       *Journal
	account int64
}

// Allowance gives the rate of an account.
func (j *Journal) Allowance(account int64) *Allowance { return &Allowance{j, account} }

// What lies further ahead was written when the clock was ahead: no pause is longer, and no more than a few lots wait.
const (
	longestPause = 24 * time.Hour
	longestQueue = 30 * time.Second
)

// Take takes n moments after now that no other process has, and gives the first of them and how many are in a second.
// Books that can't be written keep nothing from being asked; nothing is ordered from them either.
func (a *Allowance) Take(now time.Time, n int, perSecond float64) (first time.Time, allowed float64) {
	first, allowed = now, perSecond
	_ = a.j.do(func(ctx context.Context, t *statements) error {
		var next, paused, learned float64
		err := t.conn.QueryRowContext(ctx, `SELECT next_at, paused, learned FROM accounts WHERE n = ?`, a.account).
			Scan(&next, &paused, &learned)
		if err != nil {
			return rowError{err} // an account that isn't in the books has nobody to share with
		}
		if learned > 0 {
			allowed = min(allowed, learned)
		}
		lot := time.Duration(float64(n) / allowed * float64(time.Second))
		if at := fromSeconds(next); at.After(first) && at.Before(now.Add(longestQueue+8*lot)) {
			first = at
		}
		if at := fromSeconds(paused); at.After(first) && at.Before(now.Add(longestPause)) {
			first = at
		}
		taken := first.Add(lot)
		_, err = t.exec(ctx, `UPDATE accounts SET next_at = ? WHERE n = ?`, seconds(taken), a.account)
		return err
	})
	return first, allowed
}

// Teach notes what the account's answers taught: nothing goes before until, and no more than perSecond after; 0: as
// many as permitted.
func (a *Allowance) Teach(until time.Time, perSecond float64) {
	_ = a.j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE accounts SET paused = max(paused, ?), learned = ? WHERE n = ?`,
			seconds(until), perSecond, a.account)
		return err
	})
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMicro()) / 1e6
}

func fromSeconds(s float64) time.Time { return time.UnixMicro(int64(s * 1e6)) }
