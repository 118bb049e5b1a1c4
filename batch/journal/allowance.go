package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"
)

// Share is what all who send on an account share: its rate, and what its answers taught. What it means is arithmetic of
// [pace.Pace].
type Share struct {
	Next   time.Time // the first moment at which a request may go that nobody took, by the rate
	Free   time.Time // no moment before is given any more, to who is behind either
	Paused time.Time // nothing goes before
	Slowed time.Time // when the rate was lowered last: what was sent before says nothing new
	Rate   float64   // requests a second that are kept to; 0: as many as each is permitted
	Growth float64   // of the rate, a second
	Hold   float64   // requests until it grows
	Given  int64     // moments that were given
	Tight  float64   // what of the limit that was found is kept to, since it turned out to be too much; 0: all
	Limit  Limit     // of the panel, as far as it was found
}

// Limit is what an account's answers taught of the panel's limit.
type Limit struct {
	PerSecond float64       // 0: nothing was found
	Most      int           // requests in each window; 0: they are not counted in windows
	Window    time.Duration // of requests that are counted together
	Learned   time.Time     // when the panel's answers last spoke for it
}

// Allowance is the rate of an account, kept in the books so that all processes that send on it share it. It implements
// batch.Allowance.
type Allowance struct {
	j       *Journal
	account int64

	mu   sync.Mutex
	last Share // of which the books know
}

// Allowance gives the rate of an account.
func (j *Journal) Allowance(account int64) *Allowance { return &Allowance{j: j, account: account} }

// What lies further ahead was written when the clock was ahead: no pause is longer, and no more than a few lots wait.
const (
	longestPause = 24 * time.Hour
	longestQueue = 30 * time.Second
)

// Change lets one change what is shared, and no other process at the same time. Books that can't be written keep
// nothing from being asked; nothing is ordered from them either.
func (a *Allowance) Change(now time.Time, change func(*Share)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	changed := func(s *Share) {
		s.catchUp(now)
		change(s)
		a.last = *s
	}
	var err error
	if a.j.pg != nil {
		err = changeShare(a.j.write, lockKey(a.j.mark.id, "rate", strconv.FormatInt(a.account, 10)), a.account, changed)
	} else {
		err = a.j.do(func(ctx context.Context, t *statements) error {
			s, err := readShare(ctx, t, a.account)
			if err != nil {
				return err
			}
			changed(&s)
			return writeShare(ctx, t, a.account, s)
		})
	}
	if err != nil {
		change(&a.last)
	}
}

// catchUp forgets what was written when the clock was ahead.
func (s *Share) catchUp(now time.Time) {
	ahead := longestQueue
	if s.Rate > 0 {
		ahead += time.Duration(8 / s.Rate * float64(time.Second))
	}
	if s.Next.After(now.Add(ahead)) || s.Free.After(now.Add(ahead)) {
		s.Next, s.Free = now, now
	}
	if s.Paused.After(now.Add(longestPause)) {
		s.Paused = now
	}
	if s.Slowed.After(now) {
		s.Slowed = now
	}
}

const shared = `next_at, free_at, paused, slowed_at, rate, growth, hold, tight, given, per_second, most, "window",
	learned_at`

func readShare(ctx context.Context, t *statements, account int64) (s Share, err error) {
	s, err = scanShare(t.QueryRowContext(ctx, `SELECT `+shared+` FROM limits WHERE account = $1`, account).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	return s, err
}

func scanShare(scan func(...any) error) (s Share, err error) {
	var next, free, paused, slowed, window, learned float64
	err = scan(&next, &free, &paused, &slowed, &s.Rate, &s.Growth, &s.Hold, &s.Tight, &s.Given, &s.Limit.PerSecond,
		&s.Limit.Most, &window, &learned)
	s.Next, s.Free, s.Paused, s.Slowed = fromSeconds(next), fromSeconds(free), fromSeconds(paused), fromSeconds(slowed)
	s.Limit.Window, s.Limit.Learned = time.Duration(window*float64(time.Second)), fromSeconds(learned)
	return s, err
}

func writeShare(ctx context.Context, t *statements, account int64, s Share) error {
	_, err := t.do(ctx, sharing(account, s))
	return err
}

// sharing writes what is shared.
func sharing(account int64, s Share) step {
	return step{query: `INSERT INTO limits (account, ` + shared + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (account) DO UPDATE SET next_at = excluded.next_at, free_at = excluded.free_at,
		paused = excluded.paused, slowed_at = excluded.slowed_at, rate = excluded.rate, growth = excluded.growth,
		hold = excluded.hold, tight = excluded.tight, given = excluded.given, per_second = excluded.per_second,
		most = excluded.most, "window" = excluded."window", learned_at = excluded.learned_at`, args: []any{
		account, seconds(s.Next), seconds(s.Free), seconds(s.Paused), seconds(s.Slowed), s.Rate, s.Growth, s.Hold, s.Tight,
		s.Given, s.Limit.PerSecond, s.Limit.Most, s.Limit.Window.Seconds(), seconds(s.Limit.Learned)}}
}

func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMicro()) / 1e6
}

func fromSeconds(s float64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(s * 1e6))
}

// ForgetLimits forgets what the answers of all accounts taught: the panels may take more by now. Pauses stay, which
// they asked for. It gives of how many accounts something was known.
func (j *Journal) ForgetLimits() (n int, err error) {
	err = j.do(func(ctx context.Context, t *statements) error {
		forgot, err := t.exec(ctx, `UPDATE limits SET rate = 0, growth = 0, hold = 0, tight = 0, per_second = 0, most = 0,
			"window" = 0, learned_at = 0 WHERE rate > 0 OR per_second > 0`)
		n = int(forgot)
		return err
	})
	return n, err
}

// FoundLimit is the limit that an account's answers taught.
type FoundLimit struct {
	Account string // its name
	Limit
}

// Limits gives what the answers of all accounts taught of their panels' limits.
func (j *Journal) Limits(ctx context.Context) ([]FoundLimit, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT a.name, l.per_second, l.most, l."window", l.learned_at
		FROM limits l JOIN accounts a ON a.n = l.account WHERE l.per_second > 0 AND a.same_as = 0 ORDER BY a.n`)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type read struct {
		FoundLimit
		window, learned float64
	}
	found, err := scanAll(rows, func(r *read) []any {
		return []any{&r.Account, &r.PerSecond, &r.Most, &r.window, &r.learned}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	var all []FoundLimit
	for _, r := range found {
		r.Window, r.Learned = time.Duration(r.window*float64(time.Second)), fromSeconds(r.learned)
		all = append(all, r.FoundLimit)
	}
	return all, nil
}

// AccountRate is how fast an account is sent to.
type AccountRate struct {
	Account int64
	Panel   string  // as the account is called
	Rate    float64 // requests a second that are kept to; 0: as many as each process is permitted
	Limit   float64 // of the panel, a second, as its answers taught it; 0: they taught none
}

// Rates gives how fast each account is sent to.
func (j *Journal) Rates(ctx context.Context) ([]AccountRate, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT a.n, a.name, coalesce(l.rate, 0), coalesce(l.per_second, 0)
		FROM accounts a LEFT JOIN limits l ON l.account = a.n WHERE a.same_as = 0 ORDER BY a.name, a.n`)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(r *AccountRate) []any { return []any{&r.Account, &r.Panel, &r.Rate, &r.Limit} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return all, nil
}
