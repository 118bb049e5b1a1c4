package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// locks are what this process keeps other processes off in books in PostgreSQL: advisory locks of one session, which
// the database lets go of when the process is gone, however it ended.
type locks struct {
	db   *sql.DB
	book string

	mu   sync.Mutex
	conn *sql.Conn // nil: there is none yet
	held map[string]bool
}

// take takes a lock; false: another process has it, or this one already.
func (l *locks) take(ctx context.Context, name string) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held[name] {
		return false, nil
	}
	if err := l.connect(ctx); err != nil {
		return false, err
	}
	var taken bool
	if err := l.conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", lockKey(l.book, name)).Scan(&taken); err != nil {
		return false, err
	}
	if taken {
		l.held[name] = true
	}
	return taken, nil
}

// connect gets the session of the locks. One that broke has lost its locks: those that nobody else has taken since are
// taken again.
func (l *locks) connect(ctx context.Context) error {
	if l.conn != nil && l.conn.PingContext(ctx) == nil {
		return nil
	}
	if l.conn != nil {
		l.conn.Close()
		l.conn = nil
	}
	conn, err := l.db.Conn(ctx)
	if err != nil {
		return err
	}
	for name := range l.held {
		if _, err := conn.ExecContext(ctx, "SELECT pg_try_advisory_lock($1)", lockKey(l.book, name)); err != nil {
			return errors.Join(err, conn.Close())
		}
	}
	l.conn = conn
	return nil
}

func (l *locks) release(name string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.held[name] {
		return nil
	}
	delete(l.held, name)
	if l.conn == nil {
		return nil
	}
	_, err := l.conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock($1)", lockKey(l.book, name))
	return err
}

func (l *locks) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn == nil {
		return nil
	}
	// The session ends, so that it doesn't go back to the pool with its locks; whoever waits for them needn't wait for
	// that.
	_, _ = l.conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock_all()")
	err := rawConn(l.conn, dropConn)
	if errors.Is(err, errDropped) {
		err = nil
	}
	l.conn.Close()
	l.conn = nil
	return err
}

// hold takes a lock and says whose it is.
func (l *locks) hold(name, what string, who Holder) (*Hold, error) {
	ctx := context.Background()
	taken, err := l.take(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("holding the batch: %w", err)
	}
	if !taken {
		return nil, &HeldError{What: what, By: l.holder(name)}
	}
	text, err := json.Marshal(who)
	if err == nil {
		_, err = l.db.ExecContext(ctx, `INSERT INTO holders (name, holder) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder`, name, string(text))
	}
	if err != nil {
		return nil, fmt.Errorf("holding the batch: %w", errors.Join(err, l.release(name)))
	}
	return &Hold{release: func() error { return l.release(name) }}, nil
}

// holder tells who has a lock. It is zero where that wasn't said yet.
func (l *locks) holder(name string) (who Holder) {
	var text string
	err := l.db.QueryRowContext(context.Background(), "SELECT holder FROM holders WHERE name = $1", name).Scan(&text)
	if err == nil {
		_ = json.Unmarshal([]byte(text), &who)
	}
	return who
}

// holders tells who has the locks whose names begin so.
func (l *locks) holders(beginning string) (all []Holder, err error) {
	rows, err := l.db.Query("SELECT name, holder FROM holders WHERE starts_with(name, $1)", beginning)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	type said struct{ name, holder string }
	found, err := scanAll(rows, func(s *said) []any { return []any{&s.name, &s.holder} })
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	for _, s := range found {
		if !l.isHeld(s.name) {
			continue
		}
		var who Holder
		if err := json.Unmarshal([]byte(s.holder), &who); err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		all = append(all, who)
	}
	slices.SortFunc(all, func(a, b Holder) int { return a.Since.Compare(b.Since) })
	return all, nil
}

// isHeld tells whether a process has a lock.
func (l *locks) isHeld(name string) bool {
	l.mu.Lock()
	ours := l.held[name]
	l.mu.Unlock()
	if ours {
		return true
	}
	taken, err := l.take(context.Background(), name)
	if taken {
		err = errors.Join(err, l.release(name))
	}
	return err == nil && !taken
}
