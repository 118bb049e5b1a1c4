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
)

// Copied is what was copied.
type Copied struct {
	Rows    int64 // of all tables
	Batches int
	Unsent  int // rows of batches that are still to be sent
	Doubts  int // rows in doubt, or on their way when their process ended
}

// table is one that is copied, and what its rows are told apart by.
type table struct{ name, key string }

// tablesOfBooks are all tables but that which says what books these are, and those of processes at work.
func tablesOfBooks() []table {
	return []table{
		{"accounts", "n"}, {"account_keys", "address, fingerprint"}, {"batches", "n"}, {"panels", "batch, panel"},
		{"services", "batch, panel, id"}, {"rows", "batch, seq"}, {"attempts", "batch, seq, n"},
		{"decisions", "batch, seq, n"}, {"statuses", "batch, seq, n"}, {"requests", "batch, seq, n"}, {"moments", "n"},
		{"alarms", "batch, seq, n"}, {"sightings", "account, order_id"}, {"sums", "batch"}, {"sums_since", "batch, n"},
		{"limits", "account"}, {"accepted", "account, warning, service"}, {"jobs", "batch"}, {"uploads", "id"},
		{"schedules", "n"},
	}
}

// CopyTo copies these books, each row as it is, into others that are empty, and compares the copy with them row by row.
// From then on the others are the journal: from these nothing is sent any more before a person's word
// ([Journal.TrustCopy]). A [*HeldError]: a batch is being worked on. After an error these books are what they were.
func (j *Journal) CopyTo(ctx context.Context, to *Journal) (done Copied, err error) {
	words := "it was copied to " + to.Path + ", which is the journal since"
	if behind := j.Behind(); behind != nil && behind.Words != words { // the same words: a copy was broken off
		return done, behind
	}
	if err := to.isEmpty(ctx, to.read); err != nil {
		return done, err
	}
	if err := j.halt(words); err != nil { // what a process intends from now on is refused
		return done, err
	}
	if err = j.idle(ctx); err == nil {
		done, err = j.copyBooks(ctx, to)
	}
	if err != nil {
		return done, errors.Join(err, j.halt(""))
	}
	j.mark.behind.Store(&BehindError{Path: j.Path, Words: words})
	return done, nil
}

// halt notes why nothing is sent from these books; empty: it may be.
func (j *Journal) halt(words string) error {
	return j.do(func(ctx context.Context, t *statements) error {
		_, err := t.exec(ctx, `UPDATE book SET halted = $1`, words)
		return err
	})
}

// idle fails where a process works on a batch.
func (j *Journal) idle(ctx context.Context) error {
	all, err := j.Batches(ctx)
	if err != nil {
		return err
	}
	for _, b := range all {
		if who, is := j.WorksOn(b.ID); is {
			return &HeldError{What: "batch " + b.ID + " is being worked on", By: who}
		}
	}
	return nil
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// isEmpty fails where books know anything.
func (j *Journal) isEmpty(ctx context.Context, on querier) error {
	for _, t := range tablesOfBooks() {
		var some bool
		if err := on.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+t.name+`)`).Scan(&some); err != nil {
			return fmt.Errorf("reading the journal: %w", err)
		}
		if some {
			return fmt.Errorf("the journal %s isn't empty; a journal is copied into an empty one alone", j.Path)
		}
	}
	return nil
}

// copying is one call of copyBooks.
type copying struct {
	from    *sql.Tx // the books as they stand at one moment
	to      *sql.Conn
	dialect // of the copy
	columns []column
}

// column is one of a table, and what of it is kept in the copy.
type column struct{ name, kind string }

func (j *Journal) copyBooks(ctx context.Context, to *Journal) (done Copied, err error) {
	moment := &sql.TxOptions{ReadOnly: true}
	if j.pg != nil {
		moment.Isolation = sql.LevelRepeatableRead
	}
	c := copying{dialect: to.read.dialect}
	if c.from, err = j.read.BeginTx(ctx, moment); err != nil {
		return done, fmt.Errorf("reading the journal: %w", err)
	}
	defer c.from.Rollback()
	db, begin := to.write, "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; UPDATE book SET revision = revision"
	if to.pg == nil { // its only connection is the writer's
		if db, err = sql.Open("sqlite", dsn(to.Path)); err != nil {
			return done, fmt.Errorf("writing the journal: %w", err)
		}
		defer db.Close()
		begin = "BEGIN IMMEDIATE"
	}
	if c.to, err = db.Conn(ctx); err != nil {
		return done, fmt.Errorf("writing the journal: %w", err)
	}
	defer c.to.Close()
	if _, err = c.to.ExecContext(ctx, begin); err != nil {
		return done, fmt.Errorf("writing the journal: %w", err)
	}
	if err = to.isEmpty(ctx, c.to); err == nil {
		done, err = c.all(ctx, j.pg != nil)
	}
	if err != nil {
		_, back := c.to.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return done, errors.Join(err, back)
	}
	if _, err = c.to.ExecContext(ctx, "COMMIT"); err != nil {
		return done, fmt.Errorf("writing the journal: %w", err)
	}
	return done, to.analyze()
}

// all copies and compares table after table.
func (c *copying) all(ctx context.Context, fromPostgres bool) (done Copied, err error) {
	if fromPostgres {
		if _, err := c.from.ExecContext(ctx, "SET LOCAL idle_in_transaction_session_timeout = 0"); err != nil {
			return done, fmt.Errorf("reading the journal: %w", err)
		}
	}
	var salt string
	var revision int64
	if err := c.from.QueryRowContext(ctx, "SELECT salt, revision FROM book").Scan(&salt, &revision); err != nil {
		return done, fmt.Errorf("reading the journal: %w", err)
	}
	for _, t := range tablesOfBooks() {
		n, err := c.table(ctx, t)
		if err != nil {
			return done, fmt.Errorf("copying the table %s: %w", t.name, err)
		}
		done.Rows += n
	}
	// Whoever has seen these books finds the copy as new as they were.
	_, err = c.to.ExecContext(ctx, c.say("UPDATE book SET salt = $1, revision = revision + $2"), salt, revision)
	if err == nil && c.aborts {
		err = c.numbers(ctx)
	}
	if err == nil {
		err = c.to.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM batches WHERE id IS NOT NULL),
			(SELECT count(*) FROM rows JOIN batches ON n = batch WHERE id IS NOT NULL AND state = 'queued'),
			(SELECT count(*) FROM rows WHERE state IN ('sending', 'in_doubt'))`).Scan(&done.Batches, &done.Unsent, &done.Doubts)
	}
	return done, err
}

// numbers lets those that are given next follow upon those that were given. SQLite does so by itself.
func (c *copying) numbers(ctx context.Context) error {
	for _, t := range []string{"accounts", "batches", "moments"} {
		_, err := c.to.ExecContext(ctx, `SELECT setval(pg_get_serial_sequence('`+t+`', 'n'),
			greatest((SELECT max(n) FROM `+t+`), 1), EXISTS (SELECT 1 FROM `+t+`))`)
		if err != nil {
			return err
		}
	}
	return nil
}

// table copies one table and compares the copy with it.
func (c *copying) table(ctx context.Context, t table) (n int64, err error) {
	if c.columns, err = c.columnsOf(ctx, t.name); err != nil {
		return 0, err
	}
	var names []string
	for _, one := range c.columns {
		names = append(names, `"`+one.name+`"`)
	}
	query := "SELECT " + strings.Join(names, ", ") + " FROM " + t.name + " ORDER BY " + t.key
	from, err := c.from.QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	defer from.Close()
	if c.aborts {
		err = rawConn(c.to, func(to *pgx.Conn) error {
			names := make([]string, len(c.columns))
			for i, one := range c.columns {
				names[i] = one.name
			}
			_, err := to.CopyFrom(ctx, pgx.Identifier{t.name}, names, &source{copying: c, rows: from})
			return err
		})
	} else {
		err = c.insert(ctx, t.name, names, from)
	}
	if err != nil {
		return 0, err
	}
	return c.compare(ctx, query)
}

// columnsOf gives the columns of a table of the copy that aren't made of others.
func (c *copying) columnsOf(ctx context.Context, table string) ([]column, error) {
	query := `SELECT name, type FROM pragma_table_info(?) ORDER BY cid`
	if c.aborts {
		query = `SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass($1)
			AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`
	}
	rows, err := c.to.QueryContext(ctx, query, table)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(c *column) []any { return []any{&c.name, &c.kind} })
}

func (c *copying) insert(ctx context.Context, table string, names []string, rows *sql.Rows) error {
	places := strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")
	insert, err := c.to.PrepareContext(ctx,
		"INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+places+")")
	if err != nil {
		return err
	}
	defer insert.Close()
	for rows.Next() {
		values, err := c.scan(rows)
		if err == nil {
			_, err = insert.ExecContext(ctx, values...)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// scan reads a row as the copy has it.
func (c *copying) scan(rows *sql.Rows) ([]any, error) {
	values, to := make([]any, len(c.columns)), make([]any, len(c.columns))
	for i := range values {
		to[i] = &values[i]
	}
	if err := rows.Scan(to...); err != nil {
		return nil, err
	}
	for i, v := range values {
		switch v := v.(type) {
		case []byte:
			values[i] = string(v)
		case time.Time: // the driver takes a name of a column's type for one of a time
			return nil, fmt.Errorf("column %s holds a time", c.columns[i].name)
		case bool:
			if c.columns[i].kind != "boolean" {
				values[i] = int64(0)
				if v {
					values[i] = int64(1)
				}
			}
		case int64:
			if c.columns[i].kind == "boolean" {
				values[i] = v != 0
			}
		}
	}
	return c.give(values), nil
}

// compare goes through both books at once.
func (c *copying) compare(ctx context.Context, query string) (n int64, err error) {
	from, err := c.from.QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	defer from.Close()
	to, err := c.to.QueryContext(ctx, query)
	if err != nil {
		return 0, err
	}
	defer to.Close()
	for from.Next() {
		n++
		if !to.Next() {
			return n, errors.Join(fmt.Errorf("the copy ends before row %d", n), to.Err())
		}
		want, err := c.scan(from)
		if err != nil {
			return n, err
		}
		got, err := c.scan(to)
		if err != nil {
			return n, err
		}
		if !slices.Equal(want, got) {
			return n, fmt.Errorf("row %d of the copy isn't what it was copied from", n)
		}
	}
	if to.Next() {
		return n, fmt.Errorf("the copy has more than %d rows", n)
	}
	return n, errors.Join(from.Err(), to.Err())
}

// source gives rows to PostgreSQL's COPY.
type source struct {
	*copying
	rows *sql.Rows
	err  error
}

func (s *source) Next() bool { return s.err == nil && s.rows.Next() }

func (s *source) Values() (values []any, err error) {
	values, s.err = s.scan(s.rows)
	return values, s.err
}

func (s *source) Err() error { return errors.Join(s.err, s.rows.Err()) }
