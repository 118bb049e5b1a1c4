package journal

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

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
			b.Queue("SELECT coalesce(max(n), 0) FROM writers WHERE owner = $1", w.leases.owner).
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
