package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// write is one change, done inside a transaction that many share.
type write struct {
	batch  int64    // whose rows it changes; 0: of any
	leases []*lease // it isn't done where one of them was lost
	change func(ctx context.Context, t *statements) error
	result chan error // buffered: the writer never waits for who asked
	waited bool       // somebody does nothing else until it is durable
	// steps are the same as statements that change one row each, where nothing is unusual; nil: it can't be done so. A
	// change that has them may be done anew where it is certain that it wasn't stored.
	steps func() []step
}

// step is a statement with its arguments.
type step struct {
	moves *placing // the row that it takes from one state into another; nil: it takes none
	to    State
	query string
	args  []any
}

// statements runs SQL on the writer's connection, each text prepared once.
type statements struct {
	dialect
	conn     *sql.Conn
	prepared map[string]*statement
	moves    map[movement]*statement
	batch    int64             // of the change that is being done
	stored   int64             // the book's revision before this transaction, where that changed it already; 0: it is still there
	changed  map[int64]*Totals // by batch: what this transaction changed in its sums
	placed   []placing         // rows that it placed and that aren't counted there yet
	unsummed map[int64]bool    // batches whose sums this transaction has thrown away; 0: of all

	// By batch, how long its sums are that were last written here, and their changes that were since.
	sumsLength, sinceLength map[int64]int
}

func newStatements(conn *sql.Conn) statements {
	return statements{conn: conn, prepared: map[string]*statement{}, moves: map[movement]*statement{},
		changed: map[int64]*Totals{}, unsummed: map[int64]bool{},
		sumsLength: map[int64]int{}, sinceLength: map[int64]int{}}
}

type statement struct {
	*sql.Stmt
	counts bool // it changes what the rows of a batch add up to
}

// prepare prepares a text once.
func (s *statements) prepare(ctx context.Context, query string) (*statement, error) {
	known, is := s.prepared[query]
	if is {
		return known, nil
	}
	stmt, err := s.conn.PrepareContext(ctx, s.say(query))
	if err != nil {
		return nil, err
	}
	known = &statement{stmt, changesSums(query)}
	s.prepared[query] = known
	return known, nil
}

// queryRow runs a text that gives one row with one value.
func (s *statements) queryRow(ctx context.Context, query string, to any, args ...any) error {
	return s.QueryRowContext(ctx, query, args...).Scan(to)
}

// QueryRowContext runs a text that gives one row. A text that can't be prepared fails when the row is scanned.
func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return s.conn.QueryRowContext(ctx, s.say(query), s.give(args)...)
	}
	return stmt.QueryRowContext(ctx, s.give(args)...)
}

func (s *statements) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, s.give(args)...)
}

// exec runs a text and gives how many rows it changed. Where that may have changed what rows add up to, their sums are
// thrown away.
func (s *statements) exec(ctx context.Context, query string, args ...any) (int64, error) {
	n, err := s.run(ctx, query, args...)
	if err == nil && n > 0 && s.prepared[query].counts {
		err = s.unsum(ctx)
	}
	return n, err
}

// run is exec for texts whose caller notes what they change in sums.
func (s *statements) run(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	return rowsChanged(stmt.ExecContext(ctx, s.give(args)...))
}

func rowsChanged(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s *statements) do(ctx context.Context, one step) (int64, error) {
	if m := one.moves; m != nil {
		is, err := s.moveRow(ctx, m.batch, m.seq, m.from, one.to, one.query, one.args...)
		if is {
			return 1, err
		}
		return 0, err
	}
	return s.exec(ctx, one.query, one.args...)
}

// doAll does steps of one text one after another.
func (s *statements) doAll(ctx context.Context, steps []step) error {
	if s.aborts {
		return s.doAtOnce(ctx, steps)
	}
	for _, one := range steps {
		if _, err := s.do(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// try does a step that the books may refuse: what was done before stands then, and more can be done.
func (s *statements) try(ctx context.Context, one step) (int64, error) {
	if !s.aborts {
		return s.do(ctx, one)
	}
	if _, err := s.exec(ctx, "SAVEPOINT try"); err != nil {
		return 0, err
	}
	n, err := s.do(ctx, one)
	if err != nil {
		if _, back := s.exec(ctx, "ROLLBACK TO try"); back != nil {
			return 0, errors.Join(err, back)
		}
	}
	return n, err
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
	return &writer{statements: newStatements(conn), mark: m}, nil
}

const (
	mostPerCommit = 512
	// gatherTime is how long outcomes wait for an intent, with which they are committed. Nobody waits for them, and each
	// sender's next intent is asked for behind its outcome: so no more rows are found "sending" than were under way.
	gatherTime = 2 * time.Millisecond
)

// committer stores groups of changes and tells each its result.
type committer interface {
	commit(group []write)
	close()
}

func (j *Journal) runWriter(w committer) {
	defer close(j.done)
	defer w.close()
	patience := time.NewTimer(gatherTime)
	patience.Stop()
	for first := range j.queue {
		group := collectGroup(first, j.queue, patience)
		began := time.Now()
		w.commit(group)
		if told := j.committed.Load(); told != nil {
			(*told)(time.Since(began), len(group))
		}
	}
}

// OnCommit has somebody told how long each commit took from now on, and of how many changes.
func (j *Journal) OnCommit(told func(took time.Duration, changes int)) { j.committed.Store(&told) }

// collectGroup gives all changes that wait by now; where nobody waits for one of them, those that come soon too.
func collectGroup(first write, queue <-chan write, patience *time.Timer) []write {
	group, waited := []write{first}, first.waited
	patience.Reset(gatherTime)
	defer patience.Stop()
	for len(group) < mostPerCommit {
		var next write
		var open bool
		select {
		case next, open = <-queue:
		default:
			if waited {
				return group
			}
			select {
			case next, open = <-queue:
			case <-patience.C:
				return group
			}
		}
		if !open {
			return group
		}
		group, waited = append(group, next), waited || next.waited
	}
	return group
}

func (s *statements) close() {
	for _, stmt := range s.prepared {
		stmt.Close()
	}
	for _, stmt := range s.moves {
		stmt.Close()
	}
	s.conn.Close()
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
	clear(w.unsummed)
	clear(w.changed)
	w.placed = nil
	for i, g := range group {
		w.batch = g.batch
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
	err := w.noteChanges(ctx)
	if err == nil {
		err = w.queryRow(ctx, "UPDATE book SET revision = revision + $1 RETURNING revision", &revision, step)
	}
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
func (j *Journal) later(w write) <-chan error {
	w.result = make(chan error, 1)
	j.closing.RLock()
	defer j.closing.RUnlock()
	if j.closed {
		w.result <- ErrClosed
		return w.result
	}
	j.queue <- w
	return w.result
}

// Flush waits until all that was asked for before is durable.
func (j *Journal) Flush() error {
	return j.do(func(context.Context, *statements) error { return nil })
}

// do makes a change and waits until it is durable.
func (j *Journal) do(change func(ctx context.Context, t *statements) error) error {
	return <-j.later(write{change: change, waited: true})
}

// doHeld makes a change that is refused where this process has lost one of these leases.
func (j *Journal) doHeld(change func(ctx context.Context, t *statements) error, names ...string) error {
	return <-j.later(write{change: change, waited: true, leases: j.leasesOf(names...)})
}

// leasesOf gives the leases that this process has, of those with these names; there are none where the operating system
// keeps others off.
func (j *Journal) leasesOf(names ...string) (all []*lease) {
	if j.pg == nil {
		return nil
	}
	for _, name := range names {
		if one := j.pg.leases.of(name); one != nil && !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all
}

// doIn makes a change that concerns the rows of one batch.
func (j *Journal) doIn(b Batch, change func(ctx context.Context, t *statements) error, steps ...func() []step) error {
	w := write{batch: b.n, change: change, waited: true, leases: j.leasesOf(batchLease(b.ID))}
	if len(steps) > 0 {
		w.steps = steps[0]
	}
	return <-j.later(w)
}
