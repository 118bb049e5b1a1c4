package journal

import (
	"context"
	"database/sql"
	"sync"
)

// reader reads on connections of its own, which write nothing. Each text is prepared once a connection: SQLite needs
// longer to plan the larger ones than to run them on a batch of some rows.
type reader struct {
	*sql.DB
	dialect
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

func openReader(source string) (*reader, error) {
	db, err := sql.Open("sqlite", source)
	return newReader(db, dialect{}), err
}

func newReader(db *sql.DB, d dialect) *reader {
	return &reader{DB: db, dialect: d, prepared: map[string]*sql.Stmt{}}
}

// prepare prepares a text once.
func (r *reader) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	stmt, is := r.prepared[query]
	if is {
		return stmt, nil
	}
	stmt, err := r.DB.PrepareContext(ctx, r.say(query))
	if err == nil {
		r.prepared[query] = stmt
	}
	return stmt, err
}

// QueryContext runs a text that gives rows.
func (r *reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, r.give(args)...)
}

// QueryRowContext runs a text that gives one row. A text that can't be prepared fails when the row is scanned.
func (r *reader) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return r.DB.QueryRowContext(ctx, r.say(query), r.give(args)...)
	}
	return stmt.QueryRowContext(ctx, r.give(args)...)
}
