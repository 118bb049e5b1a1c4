package journal

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// pgWriter is the one goroutine of this process that writes to PostgreSQL. Each group of changes is one transaction. It
// begins with changing the row of the book, which is locked until it ends: so the groups of all processes come one
// after another, as those of SQLite do, and each sees all that was stored before.
type pgWriter struct {
	statements // conn is nil while there is no connection
	db         *sql.DB
	mark       *mark
	owner      string
	group      int64         // counts the groups of this process
	revision   int64         // of the group at hand
	patience   time.Duration // how long the database is tried to be reached
	broken     error         // what became of a group can't be known
}

// errLost: the connection is gone, and the group at hand wasn't stored.
var errLost = errors.New("the connection to the journal's database was lost; nothing was stored")

// unstoredError is why a change wasn't stored. It stops who wanted it, as a broken journal does, though later changes
// may be stored.
type unstoredError struct{ err error }

func (e unstoredError) Error() string        { return "the journal could not be written: " + e.err.Error() }
func (e unstoredError) Unwrap() error        { return e.err }
func (e unstoredError) Is(target error) bool { return target == ErrBroken }

func newPgWriter(db *sql.DB, m *mark, owner string, patience time.Duration) *pgWriter {
	return &pgWriter{db: db, mark: m, owner: owner, patience: patience}
}

// commit stores a group of changes and tells each its result. What was certainly not stored for want of a connection is
// stored on another one, where that can be done anew: an outcome that isn't stored leaves its row in doubt.
func (w *pgWriter) commit(group []write) {
	began := time.Now()
	for tries := 0; len(group) > 0; tries++ {
		results := make([]error, len(group))
		err := w.store(group, results)
		var left []write
		for i, g := range group {
			switch {
			case err == nil:
				g.result <- results[i]
			case errors.Is(err, errLost) && g.steps != nil && (tries == 0 || time.Since(began) < 4*w.patience):
				left = append(left, g)
			default:
				g.result <- unstoredError{err}
			}
		}
		group = left
	}
}

// store does a group in one transaction. An error says that nothing of it was stored, or that this can't be known.
func (w *pgWriter) store(group []write, results []error) error {
	if w.broken != nil {
		return w.broken
	}
	if err := w.connect(); err != nil {
		return err
	}
	w.group++
	w.forget()
	ctx := context.Background() // what is asked for is done: nothing ends a transaction halfway
	done, err := w.quickly(ctx, group)
	if err == nil && !done {
		w.forget()
		if err = w.begin(ctx); err == nil {
			err = w.change(ctx, group, results)
		}
	}
	if err == nil {
		err = w.noteChanges(ctx)
	}
	if err != nil {
		return w.giveUp(ctx, err)
	}
	if err := w.finish(ctx); err != nil {
		return err
	}
	_ = w.mark.write(w.revision) // what is stored is stored, whether its mark can be written or not
	return nil
}

// forget forgets what a transaction changed that is over.
func (w *pgWriter) forget() {
	clear(w.unsummed)
	clear(w.changed)
	w.placed = nil
}

// connect gets a connection where there is none. Whoever waits for it sends nothing meanwhile.
func (w *pgWriter) connect() error {
	if w.conn != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), w.patience)
	defer cancel()
	for pause := 50 * time.Millisecond; ; pause *= 2 {
		conn, err := w.db.Conn(ctx)
		if err == nil {
			w.statements = newStatements(conn)
			w.dialect = postgresDialect()
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("reaching the journal's database: %w", err)
		case <-time.After(min(pause, time.Second)):
		}
	}
}

// beginText locks the books and notes which group of this process it is.
const beginText = `WITH noted AS (INSERT INTO writers (owner, at, n) VALUES ($2, $3, $4)
		ON CONFLICT (owner) DO UPDATE SET at = excluded.at, n = excluded.n)
	UPDATE book SET revision = revision + $1 RETURNING revision`

func (w *pgWriter) queueBegin(b *pgx.Batch) {
	step := int64(1)
	if w.mark.behind.Load() != nil { // books that are behind their mark stay behind it, whatever is noted in them
		step = 0
	}
	b.Queue("BEGIN")
	b.Queue(beginText, step, w.owner, time.Now().UnixMilli(), w.group).QueryRow(func(row pgx.Row) error {
		err := row.Scan(&w.revision)
		w.stored = w.revision - step
		return err
	})
}

func (w *pgWriter) begin(ctx context.Context) error {
	b := &pgx.Batch{}
	w.queueBegin(b)
	return w.raw(func(c *pgx.Conn) error { return c.SendBatch(ctx, b).Close() })
}

// quickly does a group by its steps, all of which leave at once. Where one of them didn't change its row, nothing was
// done: what that means is found out by doing the changes one after another.
func (w *pgWriter) quickly(ctx context.Context, group []write) (done bool, err error) {
	b := &pgx.Batch{}
	w.queueBegin(b)
	usual := true
	for _, g := range group {
		if g.steps == nil {
			return false, nil
		}
		for _, s := range g.steps() {
			w.queueStep(b, s, &usual)
		}
	}
	err = w.raw(func(c *pgx.Conn) error { return c.SendBatch(ctx, b).Close() })
	if err == nil && usual {
		return true, nil
	}
	if lost := w.rollBack(ctx); lost != nil {
		return false, errors.Join(lost, err)
	}
	return false, nil
}

// queueStep queues a step, which clears usual where it didn't change one row.
func (w *pgWriter) queueStep(b *pgx.Batch, s step, usual *bool) {
	query := s.query
	if s.moves != nil {
		query += ` AND state = '` + string(s.moves.from) + `'`
	}
	b.Queue(w.say(query), w.give(s.args)...).Fn = func(r pgx.BatchResults) error {
		tag, err := r.Exec()
		if *usual = *usual && tag.RowsAffected() == 1; *usual && s.moves != nil {
			w.moved(*s.moves, s.to)
		}
		return err
	}
}

// doAtOnce does steps of one text, which all leave before an answer is waited for.
func (s *statements) doAtOnce(ctx context.Context, steps []step) error {
	if len(steps) == 0 {
		return nil
	}
	b := &pgx.Batch{}
	for _, one := range steps {
		b.Queue(s.say(one.query), s.give(one.args)...)
	}
	err := rawConn(s.conn, func(c *pgx.Conn) error { return c.SendBatch(ctx, b).Close() })
	if err == nil && changesSums(steps[0].query) {
		err = s.unsum(ctx)
	}
	return err
}

// change does the changes one after another. One that the database refuses is undone, and the others are stored.
func (w *pgWriter) change(ctx context.Context, group []write, results []error) error {
	for i, g := range group {
		w.batch = g.batch
		if len(group) > 1 {
			if _, err := w.exec(ctx, "SAVEPOINT change"); err != nil {
				return err
			}
		}
		err := g.change(ctx, &w.statements)
		var refused rowError
		switch {
		case err == nil:
		case errors.As(err, &refused):
			results[i] = refused.error
		case len(group) == 1 || w.isLost():
			return err
		default:
			results[i] = unstoredError{err}
			if _, err := w.exec(ctx, "ROLLBACK TO change"); err != nil {
				return err
			}
			// What it noted of sums is gone from the books, and not from here: they are added up anew.
			clear(w.unsummed)
			if err := w.unsum(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// giveUp ends a transaction that failed before its COMMIT was asked for, so that nothing of it is stored.
func (w *pgWriter) giveUp(ctx context.Context, err error) error {
	if !w.isLost() {
		if back := w.rollBack(ctx); back == nil {
			return err
		}
	}
	w.drop()
	return errors.Join(errLost, err)
}

func (w *pgWriter) rollBack(ctx context.Context) error {
	return w.raw(func(c *pgx.Conn) error {
		_, err := c.Exec(ctx, "ROLLBACK")
		return err
	})
}

// finish asks for the COMMIT. Where no answer comes, whether the group was stored is read on another connection.
func (w *pgWriter) finish(ctx context.Context) error {
	timely, cancel := context.WithTimeout(ctx, 2*w.patience)
	defer cancel()
	var tag string
	err := w.raw(func(c *pgx.Conn) error {
		t, err := c.Exec(timely, "COMMIT")
		tag = t.String()
		return err
	})
	switch {
	case err == nil && tag == "COMMIT":
		return nil
	case err == nil: // it was aborted, and ended by being undone
		return errors.New("the database undid the changes")
	case !w.isLost(): // an answer: it is refused, and undone
		return err
	}
	w.drop()
	stored, unknown := w.isStored(ctx)
	switch {
	case unknown != nil:
		w.broken = fmt.Errorf("%w: whether the last changes were stored isn't known: %w", ErrBroken, errors.Join(err, unknown))
		return w.broken
	case !stored:
		return errors.Join(errLost, err)
	}
	return nil
}

// isStored reads whether the group at hand was stored. It waits for the row of the book: while the group's own
// transaction still goes on there, that is locked by it.
func (w *pgWriter) isStored(ctx context.Context) (stored bool, err error) {
	for began := time.Now(); time.Since(began) < 2*w.patience; w.drop() {
		if err = w.connect(); err != nil {
			continue
		}
		var n int64
		err = w.raw(func(c *pgx.Conn) error {
			b := &pgx.Batch{}
			b.Queue("BEGIN")
			b.Queue("SELECT revision FROM book FOR UPDATE")
			b.Queue("SELECT coalesce(max(n), 0) FROM writers WHERE owner = $1", w.owner).
				QueryRow(func(row pgx.Row) error { return row.Scan(&n) })
			b.Queue("ROLLBACK")
			return c.SendBatch(ctx, b).Close()
		})
		if err == nil {
			return n == w.group, nil
		}
	}
	return false, err
}

// raw lends the connection for what database/sql has no words for.
func (w *pgWriter) raw(use func(*pgx.Conn) error) error {
	return rawConn(w.conn, use)
}

// isLost tells whether the connection can't be used any more.
func (w *pgWriter) isLost() bool {
	lost := true
	err := w.raw(func(c *pgx.Conn) error {
		lost = c.IsClosed()
		return nil
	})
	return lost || err != nil
}

// drop lets go of a connection, which nobody is given again.
func (w *pgWriter) drop() {
	if w.conn == nil {
		return
	}
	_ = rawConn(w.conn, dropConn)
	w.conn.Close()
	w.conn = nil
}

// dropConn closes a connection so that the pool gives it to nobody again.
func dropConn(c *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = c.Close(ctx)
	return errDropped
}

// errDropped tells the pool that a connection is gone.
var errDropped = driver.ErrBadConn

func (w *pgWriter) close() {
	if w.conn != nil {
		w.statements.close()
	}
}
