package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// pgWriter is the one goroutine of this process that writes to PostgreSQL. Each group of changes is one transaction. It
// begins with changing the row of the book, which is locked until it ends: so the groups of all processes come one
// after another, as those of SQLite do, and each sees all that was stored before.
type pgWriter struct {
	statements // conn is nil while there is no connection
	db         *sql.DB
	place      string // of the books, for a person
	mark       *mark
	leases     *leases
	stores     int64         // the last group of this process that is known to be stored
	begun      bool          // changes of the group at hand were called, which can't be done anew
	noted      int64         // that the database knew last
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

// Passes tells whether what couldn't be written now may be written later: the server of the books is away, or was.
func Passes(err error) bool {
	var unstored unstoredError
	var behind *BehindError
	return errors.As(err, &unstored) && !errors.Is(unstored.err, ErrBroken) && !errors.As(err, &behind)
}

func newPgWriter(db *sql.DB, place string, m *mark, l *leases, patience time.Duration) *pgWriter {
	return &pgWriter{db: db, place: place, mark: m, leases: l, patience: patience}
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
			case errors.Is(err, errLost) && (g.steps != nil || !w.begun) && (tries == 0 || time.Since(began) < 4*w.patience):
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
	w.noted, w.begun = w.stores, false
	w.forget()
	ctx := context.Background() // what is asked for is done: nothing ends a transaction halfway
	done, err := w.quickly(ctx, group)
	if err == nil && !done && w.noted >= w.stores {
		w.forget()
		if err = w.begin(ctx, group); err == nil && w.noted >= w.stores {
			w.begun = true
			err = w.change(ctx, group, results)
		}
	}
	if err == nil && w.noted < w.stores {
		return w.wentBack(ctx)
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
	w.stores = w.group
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
	UPDATE book SET revision = revision + $1
		RETURNING revision, coalesce((SELECT n FROM writers WHERE owner = $2), 0)` // as it was before this statement

// queueBegin begins a transaction. The leases that the group needs are renewed by it: one that was taken over is lost,
// and nobody takes over one of the others before the transaction ends.
func (w *pgWriter) queueBegin(b *pgx.Batch, group []write) {
	step := int64(1)
	if w.mark.behind.Load() != nil { // books that are behind their mark stay behind it, whatever is noted in them
		step = 0
	}
	b.Queue("BEGIN")
	b.Queue(beginText, step, w.leases.owner, time.Now().UnixMilli(), w.group).QueryRow(func(row pgx.Row) error {
		err := row.Scan(&w.revision, &w.noted)
		w.stored = w.revision - step
		return err
	})
	for _, one := range leasesOf(group) {
		b.Queue(`UPDATE leases SET until = now_ms() + $1 WHERE name = $2 AND owner = $3 AND epoch = $4 AND until > 0`,
			w.leases.last.Milliseconds(), one.name, w.leases.owner, one.epoch).Exec(func(tag pgconn.CommandTag) error {
			if tag.RowsAffected() == 0 {
				one.lost.Store(true)
			}
			return nil
		})
	}
}

// leasesOf gives the leases that a group needs.
func leasesOf(group []write) (all []*lease) {
	for _, g := range group {
		for _, one := range g.leases {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	return all
}

// wentBack is called where the database lacks what it had stored for this process: a standby took over that didn't have
// it yet. Rows that it shows as unsent may have left, so nothing is sent from these books any more, by whatever
// process.
func (w *pgWriter) wentBack(ctx context.Context) error {
	if err := w.rollBack(ctx); err != nil {
		w.drop()
		return errors.Join(errLost, err)
	}
	words := fmt.Sprintf("a server took over that lacks the last changes which process %s had stored; rows that it shows "+
		"as unsent may have been ordered", w.leases.owner)
	err := w.raw(func(c *pgx.Conn) error {
		_, err := c.Exec(ctx, `UPDATE book SET halted = $1 WHERE halted = ''`, words)
		return err
	})
	if err != nil {
		return w.giveUp(ctx, err)
	}
	w.stores = w.noted
	w.mark.behind.CompareAndSwap(nil, &BehindError{Path: w.place, Words: words})
	return w.mark.behind.Load()
}

func (w *pgWriter) begin(ctx context.Context, group []write) error {
	b := &pgx.Batch{}
	w.queueBegin(b, group)
	return w.raw(func(c *pgx.Conn) error { return c.SendBatch(ctx, b).Close() })
}

// quickly does a group by its steps, all of which leave at once. Where one of them didn't change its row, nothing was
// done: what that means is found out by doing the changes one after another.
func (w *pgWriter) quickly(ctx context.Context, group []write) (done bool, err error) {
	b := &pgx.Batch{}
	w.queueBegin(b, group)
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
	if err == nil && usual && !slices.ContainsFunc(group, func(g write) bool { return g.lost() != nil }) {
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
		err := w.permitted(g)
		if err == nil {
			err = g.change(ctx, &w.statements)
		}
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

// lost gives a lease that a change needs and that another process has by now; nil: there is none.
func (g write) lost() *lease {
	for _, one := range g.leases {
		if one.lost.Load() {
			return one
		}
	}
	return nil
}

// permitted refuses a change that needs a lease which another process has by now.
func (w *pgWriter) permitted(g write) error {
	one := g.lost()
	if one == nil {
		return nil
	}
	_, what, _ := strings.Cut(one.name, "-")
	return rowError{&LostError{HeldError{What: "batch " + what + " was taken over", By: w.leases.holder(one.name)}}}
}
