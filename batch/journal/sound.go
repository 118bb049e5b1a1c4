package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// errReadOnly answers writes to a journal that was opened by [OpenReadOnly].
var errReadOnly = errors.New("the journal was opened for reading alone")

// OpenReadOnly opens a journal that exists and changes nothing: no folder, no table, no step of the schema, which
// may be of any age. SQLite may leave its -wal and -shm files beside it. fs.ErrNotExist: there is none.
func OpenReadOnly(ctx context.Context, path string) (*Journal, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = os.Stat(path) // SQLite's own error doesn't say that there is no file
	}
	if err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	j := &Journal{Path: path, queue: make(chan write), done: make(chan struct{})}
	// journal_mode isn't set: what the file has is to be read.
	if j.read, err = openReader(strings.Replace(dsn(path), "&_pragma=journal_mode(WAL)", "", 1) +
		"&mode=ro&_pragma=query_only(1)"); err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	j.write = j.read.DB
	if err := j.read.PingContext(ctx); err != nil {
		j.read.Close()
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	if _, err := j.bookOf(ctx); err == nil { // books of before marks have no name
		book, behind, _, err := readMark(path, func() (bookState, error) { return j.bookOf(ctx) })
		if err != nil {
			j.read.Close()
			return nil, fmt.Errorf("opening the journal %s: %w", path, err)
		}
		j.mark = &mark{id: book.id}
		j.mark.behind.Store(behind)
		_ = j.wasHalted(ctx) // older books can't tell
	}
	go j.refuseWrites()
	return j, nil
}

func (j *Journal) refuseWrites() {
	defer close(j.done)
	for w := range j.queue {
		w.result <- errReadOnly
	}
}

// IsDamage tells whether an error of SQLite says that the journal's file is broken, or is no database.
func IsDamage(err error) bool {
	const corrupt, notADatabase, primary = 11, 26, 0xff
	var told interface{ Code() int }
	return errors.As(err, &told) && slices.Contains([]int{corrupt, notADatabase}, told.Code()&primary)
}

// Soundness is how the books stand.
type Soundness struct {
	Damage      []string // what is broken and what isn't as the schema has it, a phrase each; empty: nothing
	Server      string   // of books in a database; empty: they are a file of SQLite
	Commit      string   // its synchronous_commit
	Standbys    string   // those that a commit waits for; empty: none
	Schema      int64    // step of the schema; 0: a file without tables
	Latest      int64    // step that this version knows
	JournalMode string   // "wal" is needed
	Synchronous string   // "2", which is FULL, is needed
	Batches     int
	InDoubt     int // rows that may have been ordered
	Sending     int // rows on their way, or left so by a process that died
}

// Durable reports whether the settings are those by which commits last.
func (s Soundness) Durable() bool {
	return s.Server != "" || s.JournalMode == "wal" && s.Synchronous == "2"
}

// mostDamage bounds how much damage is told.
const mostDamage = 5

// Sound reads the whole journal and tells how it stands. Damage is no error but told; an error is a file that isn't
// a database, or can't be read. It may run beside processes that write.
func (j *Journal) Sound(ctx context.Context) (Soundness, error) {
	if j.pg != nil {
		return j.soundPostgres(ctx)
	}
	var s Soundness
	for pragma, to := range map[string]*string{"journal_mode": &s.JournalMode, "synchronous": &s.Synchronous} {
		if err := j.read.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(to); err != nil {
			return s, fmt.Errorf("reading the journal: %w", err)
		}
	}
	if err := j.integrity(ctx, &s); err != nil {
		return s, err
	}
	if len(s.Damage) > 0 {
		return s, nil // what the tables say now means nothing
	}
	if err := j.layout(ctx, &s); err != nil || s.Schema == 0 || len(s.Damage) > 0 {
		return s, err
	}
	return s, j.countRows(ctx, &s)
}

// countRows counts rows by state, and compares the sums that are kept with them.
func (j *Journal) countRows(ctx context.Context, s *Soundness) error {
	err := j.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM batches WHERE id IS NOT NULL),
		(SELECT count(*) FROM rows WHERE state = 'in_doubt'), (SELECT count(*) FROM rows WHERE state = 'sending')`).Scan(
		&s.Batches, &s.InDoubt, &s.Sending)
	var wrong []string
	if err == nil && s.Schema == s.Latest {
		wrong, err = j.wrongSums(ctx)
	}
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	for _, id := range wrong {
		s.damage("the sums of batch " + id + " aren't those of its rows")
	}
	return nil
}

// integrity has SQLite go through the file. A page that is garbage may end the check itself.
func (j *Journal) integrity(ctx context.Context, s *Soundness) error {
	for _, check := range []string{"integrity_check", "foreign_key_check"} {
		rows, err := j.read.QueryContext(ctx, "PRAGMA "+check)
		if err == nil {
			err = s.read(rows)
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			s.damage(err.Error())
			return nil
		}
	}
	return nil
}

func (s *Soundness) read(rows *sql.Rows) error {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		cells, to := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range cells {
			to[i] = &cells[i]
		}
		if err := rows.Scan(to...); err != nil {
			return err
		}
		switch {
		case len(cells) > 1:
			s.damage("row " + cells[1].String + " of table " + cells[0].String + " refers to nothing")
		case cells[0].String != "ok":
			s.damage(cells[0].String)
		}
	}
	return rows.Err()
}

func (s *Soundness) damage(words string) {
	if len(s.Damage) < mostDamage {
		s.Damage = append(s.Damage, strings.Join(strings.Fields(words), " "))
	}
}

// layout compares the tables with those that the schema makes.
func (j *Journal) layout(ctx context.Context, s *Soundness) error {
	want, latest, err := freshTables(ctx)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	s.Latest = latest
	got, err := tables(ctx, j.read.DB)
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	if _, is := got["table goose_db_version"]; is {
		err = j.read.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").
			Scan(&s.Schema)
	}
	switch {
	case err != nil:
		return fmt.Errorf("reading the journal: %w", err)
	case s.Schema == 0 && len(got) > 0:
		s.damage("it is a database of something else")
		return nil
	case s.Schema != latest:
		return nil // an older one is brought up to date by the next run; a newer one can't be judged
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		switch text, is := got[name]; {
		case !is:
			s.damage(name + " is missing")
		case text != want[name]:
			s.damage(name + " isn't as it was made")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, is := want[name]; !is && got[name] != targetsIndex {
			s.damage(name + " is not of bulkorder's making")
		}
	}
	return nil
}

// freshTables makes a journal in memory: what it has is what a file must have.
func freshTables(ctx context.Context) (made map[string]string, latest int64, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	steps, err := provider(db)
	if err != nil {
		return nil, 0, err
	}
	if _, err := steps.Up(ctx); err != nil {
		return nil, 0, err
	}
	if _, latest, err = steps.GetVersions(ctx); err != nil {
		return nil, 0, err
	}
	made, err = tables(ctx, db)
	return made, latest, err
}

// tables gives the statement that made each table, index, trigger and view, by kind and name.
func tables(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(
		ctx,
		"SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
	)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var kind, name, text string
		if err := rows.Scan(&kind, &name, &text); err != nil {
			return nil, err
		}
		all[kind+" "+name] = text
	}
	return all, rows.Err()
}
