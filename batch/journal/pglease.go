package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// lease is the right to do what only one process may do at a time, in books in PostgreSQL. It lasts until it is
// released, or taken over: after its owner wasn't heard of for a while, by the database's clock. Whoever takes it gets
// a higher epoch, and what an older one wants to write about the batch is refused in the transaction that would write
// it. So the passing of time gives nobody more than the right to intend new rows: one that is being sent is in doubt
// then.
type lease struct {
	name  string
	epoch int64
	lost  atomic.Bool // another process has it by now
}

// terms are how long leases last.
type terms struct {
	renew time.Duration // how often their owner is heard of
	quiet time.Duration // after it wasn't heard of so long and its session is gone too, it is taken for dead
	last  time.Duration // after it wasn't heard of so long, it is, whatever the reason
}

// usualLease is how long a lease lasts where the address doesn't say otherwise.
const usualLease = 30 * time.Second

func termsOf(lease time.Duration) terms {
	return terms{renew: lease / 30, quiet: lease / 30 * 4, last: lease}
}

func usualTerms() terms { return termsOf(usualLease) }

// leases are those of this process.
type leases struct {
	db      *sql.DB
	owner   string
	session int64 // the advisory lock by which others see that this process's session is there
	terms

	mu   sync.Mutex
	held map[string]*lease

	asking sync.Mutex    // held by who uses the session; mu may be taken then, and not the other way round
	conn   *sql.Conn     // the session; nil: there is none
	ended  chan struct{} // closed when nothing is renewed any more; nil: nothing was yet
	stop   context.CancelFunc
}

func newLeases(db *sql.DB, book, owner string, t terms) *leases {
	return &leases{db: db, owner: owner, session: lockKey(book, owner), terms: t, held: map[string]*lease{}}
}

// of gives the lease of this process; nil: it has none.
func (l *leases) of(name string) *lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held[name]
}

// databaseTimeout bounds how long is waited for an answer about leases.
const databaseTimeout = 10 * time.Second

// take takes a lease; nil: another process has it, or this one already. Of a process that died just now it is waited
// for.
func (l *leases) take(name string, who Holder) (*lease, error) {
	text, err := json.Marshal(who)
	if err != nil {
		return nil, err
	}
	for began := time.Now(); l.of(name) == nil; time.Sleep(l.renew / 4) {
		one, dying, err := l.tryTake(name, string(text))
		if one != nil || err != nil || !dying || time.Since(began) > l.quiet+l.renew {
			return one, err
		}
	}
	return nil, nil
}

// tryTake takes a lease that nobody has. dying: its owner's session is gone, and it was heard of until a moment ago.
func (l *leases) tryTake(name, holder string) (one *lease, dying bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
	defer cancel()
	l.asking.Lock()
	defer l.asking.Unlock()
	if err := l.connect(ctx); err != nil {
		return nil, false, err
	}
	one = &lease{name: name}
	err = l.conn.QueryRowContext(ctx, `INSERT INTO leases AS l (name, owner, session, epoch, until, holder)
		VALUES ($1, $2, $3, 1, now_ms() + $4, $5)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, session = excluded.session, epoch = l.epoch + 1,
			until = excluded.until, holder = excluded.holder
		WHERE NOT is_held(l.until, l.session, $4, $6) RETURNING epoch`,
		name, l.owner, l.session, l.last.Milliseconds(), holder, l.quiet.Milliseconds()).Scan(&one.epoch)
	if err == nil {
		l.mu.Lock()
		l.held[name] = one
		l.mu.Unlock()
		l.keep()
		return one, false, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return nil, false, err
	}
	err = l.conn.QueryRowContext(ctx, `SELECT NOT has_session(session) FROM leases WHERE name = $1`, name).Scan(&dying)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, true, nil
	}
	return nil, dying, err
}

// connect gets the session of this process where there is none.
func (l *leases) connect(ctx context.Context) error {
	if l.conn != nil && l.conn.PingContext(ctx) == nil {
		return nil
	}
	l.disconnect()
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return err
	}
	// Leases are nothing that a power cut may not take: who has one proves it with each change.
	_, err = conn.ExecContext(ctx, "SET synchronous_commit = off")
	if err == nil {
		_, err = conn.ExecContext(ctx, "SELECT pg_try_advisory_lock($1)", l.session)
	}
	if l.conn = conn; err != nil {
		l.disconnect()
	}
	return err
}

// disconnect ends the session, so that the pool gives it to nobody.
func (l *leases) disconnect() {
	if l.conn == nil {
		return
	}
	_ = rawConn(l.conn, dropConn)
	l.conn.Close()
	l.conn = nil
}

// keep lets others hear of this process for as long as it has leases.
func (l *leases) keep() {
	if l.ended != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	l.ended, l.stop = make(chan struct{}), stop
	go func() {
		defer close(l.ended)
		tick := time.NewTicker(l.renew)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				l.renewAll(ctx)
			}
		}
	}()
}

// renewAll renews the leases of this process, and finds out which of them are lost. What can't be renewed now may be
// renewed the next time.
func (l *leases) renewAll(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, databaseTimeout)
	defer cancel()
	l.asking.Lock()
	defer l.asking.Unlock()
	l.mu.Lock()
	held := maps.Clone(l.held)
	l.mu.Unlock()
	if len(held) == 0 || l.connect(ctx) != nil {
		return
	}
	// Those that are locked are being renewed by a change that is written.
	_, err := l.conn.ExecContext(ctx, `UPDATE leases SET until = now_ms() + $2 WHERE owner = $1 AND until > 0
		AND name IN (SELECT name FROM leases WHERE owner = $1 FOR UPDATE SKIP LOCKED)`, l.owner, l.last.Milliseconds())
	if err != nil {
		return
	}
	rows, err := l.conn.QueryContext(ctx, `SELECT name FROM leases WHERE owner = $1 AND until > 0`, l.owner)
	if err != nil {
		return
	}
	ours, err := scanAll(rows, func(name *string) []any { return []any{name} })
	if err != nil {
		return
	}
	for name, one := range held {
		if !slices.Contains(ours, name) {
			one.lost.Store(true)
		}
	}
}

// release gives a lease back. Where the database can't be told, it lapses.
func (l *leases) release(one *lease) {
	l.mu.Lock()
	is := l.held[one.name] == one
	if is {
		delete(l.held, one.name)
	}
	l.mu.Unlock()
	if !is {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
	defer cancel()
	l.asking.Lock()
	defer l.asking.Unlock()
	if l.connect(ctx) != nil {
		return
	}
	query := `UPDATE leases SET until = 0 WHERE name = $1 AND owner = $2 AND epoch = $3`
	if strings.HasPrefix(one.name, workerLease) { // nobody takes it after this one
		query = `DELETE FROM leases WHERE name = $1 AND owner = $2 AND epoch = $3`
	}
	_, _ = l.conn.ExecContext(ctx, query, one.name, l.owner, one.epoch)
}

const workerLease = "worker-"

// close gives all leases back.
func (l *leases) close() {
	l.asking.Lock()
	ended := l.ended
	if l.stop != nil {
		l.stop()
	}
	l.asking.Unlock()
	if ended != nil {
		<-ended
	}
	l.mu.Lock()
	all := maps.Clone(l.held)
	l.mu.Unlock()
	for _, one := range all {
		l.release(one)
	}
	l.asking.Lock()
	defer l.asking.Unlock()
	l.disconnect()
}

// hold takes a lease.
func (l *leases) hold(name, what string, who Holder) (*Hold, error) {
	one, err := l.take(name, who)
	if err != nil {
		return nil, fmt.Errorf("holding the batch: %w", err)
	}
	if one == nil {
		return nil, &HeldError{What: what, By: l.holder(name)}
	}
	return &Hold{release: func() error {
		l.release(one)
		return nil
	}}, nil
}

// holder tells who has a lease. It is zero where that can't be told.
func (l *leases) holder(name string) (who Holder) {
	ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
	defer cancel()
	var text string
	if l.db.QueryRowContext(ctx, "SELECT holder FROM leases WHERE name = $1", name).Scan(&text) == nil {
		_ = json.Unmarshal([]byte(text), &who)
	}
	return who
}

// holders tells who has the leases whose names begin so.
func (l *leases) holders(beginning string) (all []Holder, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
	defer cancel()
	rows, err := l.db.QueryContext(ctx, `SELECT holder FROM leases
		WHERE starts_with(name, $1) AND until > now_ms() AND has_session(session)`, beginning)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	texts, err := scanAll(rows, func(s *string) []any { return []any{s} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	for _, text := range texts {
		var who Holder
		if err := json.Unmarshal([]byte(text), &who); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, who)
	}
	slices.SortFunc(all, func(a, b Holder) int { return a.Since.Compare(b.Since) })
	return all, nil
}

// isHeld tells whether a process has a lease.
func (l *leases) isHeld(name string) (held bool) {
	ctx, cancel := context.WithTimeout(context.Background(), databaseTimeout)
	defer cancel()
	err := l.db.QueryRowContext(ctx, "SELECT is_held(until, session, $2, $3) FROM leases WHERE name = $1",
		name, l.last.Milliseconds(), l.quiet.Milliseconds()).Scan(&held)
	return err == nil && held
}
