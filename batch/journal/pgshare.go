package journal

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// changeShare changes what all share who send on an account. It has a lock of its own, so that nobody waits for the
// books, and two round trips. A power cut may take the last changes back, which lets a few lots be given a second time.
func changeShare(db *sql.DB, lock, account int64, change func(*Share)) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return rawConn(conn, func(c *pgx.Conn) error {
		var s Share
		begin := &pgx.Batch{}
		begin.Queue("BEGIN")
		begin.Queue("SET LOCAL synchronous_commit = off")
		begin.Queue("SELECT pg_advisory_xact_lock($1)", lock)
		begin.Queue(`SELECT `+shared+` FROM limits WHERE account = $1`, account).QueryRow(func(row pgx.Row) (err error) {
			if s, err = scanShare(row.Scan); errors.Is(err, sql.ErrNoRows) {
				s, err = Share{}, nil
			}
			return err
		})
		if err := c.SendBatch(ctx, begin).Close(); err != nil {
			return errors.Join(err, undo(c))
		}
		change(&s)
		end := &pgx.Batch{}
		last := sharing(account, s)
		end.Queue(last.query, last.args...)
		end.Queue("COMMIT")
		if err := c.SendBatch(ctx, end).Close(); err != nil {
			return errors.Join(err, undo(c))
		}
		return nil
	})
}

// rowsThatCount are so many that a plan which was made before they came may go through all of them for each.
const rowsThatCount = 500

// analyze lets PostgreSQL count rows anew, so that it finds each by the index that fits best. It would come to that by
// itself within a minute or two.
func (j *Journal) analyze() error {
	if j.pg == nil {
		return nil
	}
	_, err := j.write.Exec("ANALYZE rows")
	return err
}

// undo ends a transaction that failed.
func undo(c *pgx.Conn) error {
	if c.IsClosed() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err := c.Exec(ctx, "ROLLBACK")
	return err
}
