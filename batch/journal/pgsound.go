package journal

import (
	"context"
	"database/sql"
	_ "embed" // what the tables are
	"fmt"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5/stdlib"
)

// What the steps of the schema make of an empty database, a line each for columns, indexes, triggers and functions.
//
//go:embed schema/postgres/layout.txt
var postgresLayout string

// ReadBooks opens books for reading alone, as [OpenReadOnly] does: a file, or a database, of which this machine's mark
// is in the folder that state gives. What makes a server unfit to keep books is an error.
func ReadBooks(ctx context.Context, where string, state func() (string, error)) (*Journal, error) {
	if !IsPostgres(where) {
		return OpenReadOnly(ctx, where)
	}
	config, place, err := postgresConfig(where)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["default_transaction_read_only"] = "on"
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(settle))
	j := &Journal{Path: place, queue: make(chan write), done: make(chan struct{}), pg: &postgres{leases: newLeases(db, "", "", usualTerms())},
		write: db, read: newReader(db, postgresDialect())}
	dir, err := state()
	if err == nil {
		err = j.prepareReading(ctx, dir)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("opening the journal %s: %w", place, blotted(err, config.Password))
	}
	go j.refuseWrites()
	return j, nil
}

func (j *Journal) prepareReading(ctx context.Context, state string) error {
	if err := proveDurable(ctx, j.write); err != nil {
		return err
	}
	one, err := j.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer one.Close()
	if err := provePooled(ctx, j.write, one); err != nil {
		return err
	}
	step, err := postgresStep(ctx, j.write)
	if err != nil || step == 0 {
		return err
	}
	book, err := j.bookOf(ctx)
	if err != nil {
		return err
	}
	book, behind, _, err := readMark(filepath.Join(state, postgresFiles(book.id)),
		func() (bookState, error) { return j.bookOf(ctx) })
	if err != nil {
		return err
	}
	if behind != nil {
		behind.Path = j.Path
	}
	j.mark = &mark{id: book.id}
	j.mark.behind.Store(behind)
	_ = j.wasHalted(ctx) // older books can't tell
	return nil
}

// postgresStep tells which step of the schema a database has; 0: it has none of our tables.
func postgresStep(ctx context.Context, db *sql.DB) (step int64, err error) {
	const ours = "SELECT to_regclass('goose_db_version') IS NOT NULL AND to_regclass('book') IS NOT NULL"
	var is bool
	err = db.QueryRowContext(ctx, ours).Scan(&is)
	if err != nil || !is {
		return 0, err
	}
	err = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&step)
	return step, err
}

// soundPostgres is [Journal.Sound] of a database. Its pages are the server's to look after; each row is read.
func (j *Journal) soundPostgres(ctx context.Context) (s Soundness, err error) {
	steps, err := postgresSteps(j.write)
	if err != nil {
		return s, err
	}
	for _, source := range steps.ListSources() {
		s.Latest = max(s.Latest, source.Version)
	}
	if s.Schema, err = postgresStep(ctx, j.write); err != nil {
		return s, fmt.Errorf("reading the journal: %w", err)
	}
	err = j.write.QueryRowContext(ctx, `SELECT 'PostgreSQL ' || current_setting('server_version'),
		current_setting('synchronous_commit'), current_setting('synchronous_standby_names')`).
		Scan(&s.Server, &s.Commit, &s.Standbys)
	if err != nil {
		return s, fmt.Errorf("reading the journal: %w", err)
	}
	if s.Schema != s.Latest { // an older one is brought up to date by the next run; a newer one can't be judged
		return s, nil
	}
	has, err := layoutOf(ctx, j.write)
	if err != nil {
		return s, fmt.Errorf("reading the journal: %w", err)
	}
	for line := range strings.Lines(postgresLayout) {
		line = strings.TrimSpace(line)
		if !has[line] {
			s.damage(line + " is missing, or isn't as it was made")
		}
		delete(has, line)
	}
	for line := range has {
		if strings.HasPrefix(line, "trigger ") {
			s.damage(line + " is not of bulkorder's making")
		}
	}
	if len(s.Damage) > 0 {
		return s, nil
	}
	return s, j.countRows(ctx, &s)
}

// layoutOf gives columns, indexes and triggers of the tables that are ours, and the functions of their schema.
func layoutOf(ctx context.Context, db *sql.DB) (map[string]bool, error) {
	rows, err := db.QueryContext(ctx, `WITH ours AS (SELECT oid, relname FROM pg_class
			WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r' AND relname <> 'goose_db_version')
		SELECT 'column ' || relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
				|| CASE WHEN attnotnull THEN ' not null' ELSE '' END
			FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
		UNION ALL SELECT 'index ' || c.relname || ' on ' || ours.relname || CASE WHEN indisunique THEN ', unique' ELSE '' END
				|| CASE WHEN indisvalid AND indisready THEN '' ELSE ', not valid' END
			FROM ours JOIN pg_index ON indrelid = ours.oid JOIN pg_class c ON c.oid = indexrelid
		UNION ALL SELECT 'trigger ' || tgname || ' on ' || relname || CASE WHEN tgenabled IN ('O', 'A') THEN '' ELSE ', off' END
			FROM ours JOIN pg_trigger ON tgrelid = ours.oid AND NOT tgisinternal
		UNION ALL SELECT 'function ' || proname || ' ' || md5(prosrc) FROM pg_proc
			WHERE pronamespace = to_regnamespace(current_schema())`)
	if err != nil {
		return nil, err
	}
	all, err := scanAll(rows, func(line *string) []any { return []any{line} })
	has := map[string]bool{}
	for _, line := range all {
		has[line] = true
	}
	return has, err
}
