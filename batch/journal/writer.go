package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// write is one change, done inside a transaction that many share.
type write struct {
	change func(ctx context.Context, t *statements) error
	result chan error // buffered: the writer never waits for who asked
}

// statements runs SQL on the writer's connection, each text prepared once.
type statements struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt
}

// prepare prepares a text once.
func (s *statements) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	stmt, is := s.prepared[query]
	if is {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, query)
	if err == nil {
		s.prepared[query] = stmt
	}
	return stmt, err
}

// queryRow runs a text that gives one row with one value.
func (s *statements) queryRow(ctx context.Context, query string, to any, args ...any) error {
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(to)
}

func (s *statements) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

func (s *statements) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// writer is the one goroutine that writes: it takes all changes that wait, does them in one
// transaction, and pays for one fsync.
type writer struct {
	statements
	mark   *mark
	broken error
}

func newWriter(ctx context.Context, db *sql.DB, m *mark) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &writer{statements: statements{conn: conn, prepared: map[string]*sql.Stmt{}}, mark: m}, nil
}

const mostPerCommit = 512

func (w *writer) run(queue <-chan write, done chan<- struct{}) {
	defer close(done)
	defer w.close()
	for first := range queue {
		group := []write{first}
		for more := true; more && len(group) < mostPerCommit; {
			select {
			case next, open := <-queue:
				if !open {
					more = false
					break
				}
				group = append(group, next)
			default:
				more = false
			}
		}
		w.commit(group)
	}
}

func (w *writer) close() {
	for _, stmt := range w.prepared {
		stmt.Close()
	}
	w.conn.Close()
}

// rowError is a change that was refused by the books' own rules. It is an answer, not a failure: the
// rest of the group is committed.
type rowError struct{ error }

func (e rowError) Unwrap() error { return e.error }

// commit does a group of changes in one transaction and tells each its result. A failure breaks the
// journal for good.
func (w *writer) commit(group []write) {
	results := make([]error, len(group))
	if w.broken == nil {
		if err := w.transact(group, results); err != nil {
			w.broken = fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
	for i, g := range group {
		if w.broken != nil {
			results[i] = w.broken
		}
		g.result <- results[i]
	}
}

func (w *writer) transact(group []write, results []error) error {
	// A cancelled context must not end a transaction halfway: what is asked for is done.
	ctx := context.Background()
	if _, err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	for i, g := range group {
		err := g.change(ctx, &w.statements)
		var refused rowError
		if errors.As(err, &refused) {
			results[i] = refused.error
		} else if err != nil {
			w.exec(ctx, "ROLLBACK")
			return err
		}
	}
	// Books that are behind their mark stay behind it, whatever is noted in them.
	var step, revision int64
	if w.mark.behind.Load() == nil {
		step = 1
	}
	err := w.queryRow(ctx, "UPDATE book SET revision = revision + ? RETURNING revision", &revision, step)
	if err == nil {
		_, err = w.exec(ctx, "COMMIT")
	}
	if err != nil {
		w.exec(ctx, "ROLLBACK")
		return err
	}
	// What is committed is committed, whether its mark can be written or not.
	_ = w.mark.write(revision)
	return nil
}

// later queues a change and gives the channel that its result will be on.
func (j *Journal) later(change func(ctx context.Context, t *statements) error) <-chan error {
	result := make(chan error, 1)
	j.closing.RLock()
	defer j.closing.RUnlock()
	if j.closed {
		result <- ErrClosed
		return result
	}
	j.queue <- write{change: change, result: result}
	return result
}

// Flush waits until all that was asked for before is durable.
func (j *Journal) Flush() error {
	return j.do(func(context.Context, *statements) error { return nil })
}

// do makes a change and waits until it is durable.
func (j *Journal) do(change func(ctx context.Context, t *statements) error) error {
	return <-j.later(change)
}
