package journal

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// IsPostgres tells whether books are named by the address of a PostgreSQL database, not by a file.
func IsPostgres(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// postgres is what belongs to books in PostgreSQL alone.
type postgres struct {
	leases   *leases
	terms    terms
	patience time.Duration // how long the database is tried to be reached
	files    string        // begins the names of what this machine keeps of the books in files
}

// IsShared tells whether other machines may work on these books.
func (j *Journal) IsShared() bool { return j.pg != nil }

// Files begins the names of what this machine keeps of the books in files beside them.
func (j *Journal) Files() string {
	if j.pg != nil {
		return j.pg.files
	}
	return j.Path
}

// errAddress says nothing of what it was read from: there may be a password in it.
var errAddress = errors.New("the address of the database can't be read; it looks like postgres://user@host:port/database " +
	"(a password is best given by PGPASSWORD or ~/.pgpass)")

// PlaceOf names the books for a person: a file as it is, a database without its password.
func PlaceOf(where string) string {
	if !IsPostgres(where) {
		return where
	}
	_, place, err := postgresConfig(where)
	if err != nil {
		return "postgres://"
	}
	return place
}

func placeOf(config *pgx.ConnConfig) string {
	host := config.Host
	if !strings.HasPrefix(host, "/") {
		host = net.JoinHostPort(host, fmt.Sprint(config.Port))
	}
	place := fmt.Sprintf("postgres://%s@%s/%s", config.User, host, config.Database)
	if schema := config.RuntimeParams["search_path"]; schema != "" {
		place += "?search_path=" + schema
	}
	return place
}

// OpenBooks opens the books that are named so: a file, or the address of a database. Of a database the mark is kept in
// the folder that state gives.
func OpenBooks(ctx context.Context, where string, state func() (string, error)) (*Journal, error) {
	if !IsPostgres(where) {
		return Open(ctx, where)
	}
	dir, err := state()
	if err != nil {
		return nil, err
	}
	return OpenPostgres(ctx, where, dir)
}

// TellsPassword tells whether an address has a password in it, which others see where it is an argument of a program.
func TellsPassword(where string) bool {
	if !IsPostgres(where) {
		return false
	}
	u, err := url.Parse(where)
	if err != nil {
		return true // it can't be told
	}
	_, is := u.User.Password()
	return is || u.Query().Has("password") || u.Query().Has("sslpassword")
}

// OpenPostgres opens the books in a PostgreSQL database, and makes their tables where there are none. The mark of what
// this machine has seen of them is kept in the folder state.
func OpenPostgres(ctx context.Context, address, state string) (*Journal, error) {
	address, lease, err := leaseOf(address)
	if err != nil {
		return nil, fmt.Errorf("opening the journal: %w", err)
	}
	return openPostgres(ctx, address, state, 30*time.Second, termsOf(lease))
}

func openPostgres(ctx context.Context, address, state string, patience time.Duration, t terms) (*Journal, error) {
	config, place, err := postgresConfig(address)
	if err != nil {
		return nil, err
	}
	j := &Journal{Path: place, owner: ownerName(), queue: make(chan write, 1024), done: make(chan struct{}),
		pg: &postgres{patience: patience, terms: t}}
	db := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(settle))
	db.SetConnMaxIdleTime(time.Minute)
	j.write, j.read = db, newReader(db, postgresDialect())
	if err := j.preparePostgres(ctx, state); err != nil {
		db.Close()
		return nil, fmt.Errorf("opening the journal %s: %w", place, blotted(err, config.Password))
	}
	return j, nil
}

// postgresConfig reads an address, and gives what of it can be shown.
func postgresConfig(address string) (config *pgx.ConnConfig, place string, err error) {
	if address, _, err = leaseOf(address); err != nil {
		return nil, "", fmt.Errorf("opening the journal: %w", err)
	}
	config, err = pgx.ParseConfig(address)
	if err != nil {
		return nil, "", fmt.Errorf("opening the journal: %w", errAddress)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	config.DialFunc = dialer().DialContext
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "bulkorder"
	}
	return config, placeOf(config), nil
}

// leaseOf takes what an address says of leases off it, as in ?lease=10s: how long a worker isn't heard of before others
// go on with what it holds.
func leaseOf(address string) (rest string, lease time.Duration, err error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", 0, errAddress
	}
	query := u.Query()
	text := query.Get("lease")
	if text == "" {
		return address, usualLease, nil
	}
	if lease, err = time.ParseDuration(text); err != nil || lease < time.Second || lease > time.Hour {
		return "", 0, errors.New("its lease is no time from 1s to 1h")
	}
	query.Del("lease")
	u.RawQuery = query.Encode()
	return u.String(), lease, nil
}

// blotted is an error that doesn't tell the password.
func blotted(err error, password string) error {
	if text := err.Error(); password != "" && strings.Contains(text, password) {
		return errors.New(strings.ReplaceAll(text, password, "***"))
	}
	return err
}

// settle tells each connection how long others wait for it. A process that is stopped in the middle of a transaction
// holds the lock of the book: the database ends that.
func settle(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, `SET idle_in_transaction_session_timeout = '15s'; SET lock_timeout = '30s';
		SET tcp_user_timeout = '30s'; SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;
		SET tcp_keepalives_count = 3; SET jit = off`)
	return err
}

// preparePostgres reads the settings, brings the tables up to date and starts the writer.
func (j *Journal) preparePostgres(ctx context.Context, state string) error {
	if err := proveDurable(ctx, j.write); err != nil {
		return err
	}
	opening, err := j.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer opening.Close()
	if err := provePooled(ctx, j.write, opening); err != nil {
		return err
	}
	// Processes that open new books at the same moment would all make their tables.
	var schema string
	if err := opening.QueryRowContext(ctx, "SELECT coalesce(current_schema(), '')").Scan(&schema); err != nil {
		return err
	}
	if schema == "" {
		return errors.New("the search path names no schema that exists")
	}
	lock := lockKey("opening", schema)
	if _, err := opening.ExecContext(ctx, "SELECT pg_advisory_lock($1)", lock); err != nil {
		return err
	}
	defer opening.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", lock)
	steps, err := postgresSteps(j.write)
	if err != nil {
		return err
	}
	err = j.upgrade(ctx, steps, func(int64) (bool, error) { return true, makeAtOnce(ctx, opening, steps) })
	if err != nil {
		return err
	}
	if err := j.openPostgresMark(ctx, state); err != nil {
		return err
	}
	if err := j.wasHalted(ctx); err != nil {
		return err
	}
	j.pg.leases = newLeases(j.write, j.mark.id, j.owner, j.pg.terms)
	go j.runWriter(newPgWriter(j.write, j.Path, j.mark, j.pg.leases, j.pg.patience))
	return nil
}

// lockKey is the number of an advisory lock.
func lockKey(of ...string) int64 {
	sum := sha256.Sum256([]byte("bulkorder " + strings.Join(of, " ")))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

func postgresSteps(db *sql.DB) (*goose.Provider, error) {
	steps, err := fs.Sub(schema, "schema/postgres")
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, steps, goose.WithGoMigrations(refoldStep()))
}

// makeAtOnce does all steps in one transaction, which is quicker than each in its own.
func makeAtOnce(ctx context.Context, on *sql.Conn, steps *goose.Provider) error {
	tx, err := on.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, step := range steps.ListSources() {
		var err error
		if step.Type == goose.TypeSQL { // the others change what is in the tables
			var text []byte
			if text, err = schema.ReadFile("schema/postgres/" + filepath.Base(step.Path)); err == nil {
				_, err = tx.ExecContext(ctx, string(text))
			}
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, true)`, step.Version)
		}
		if err != nil {
			return fmt.Errorf("making the tables, step %d: %w", step.Version, err)
		}
	}
	return tx.Commit()
}

// postgresFiles begins the names of the files that this machine keeps of books in a database.
func postgresFiles(id string) string { return "postgres-" + id }

// openPostgresMark opens the mark of this machine. A machine that has none works on these books for the first time.
func (j *Journal) openPostgresMark(ctx context.Context, state string) error {
	if err := os.MkdirAll(state, 0o700); err != nil {
		return err
	}
	book, err := j.bookOf(ctx)
	if err != nil {
		return err
	}
	j.pg.files = filepath.Join(state, postgresFiles(book.id))
	j.mark, err = openMark(j.pg.files, func() (bookState, error) {
		b, err := j.bookOf(ctx)
		b.hasSent = false
		return b, err
	})
	if err != nil {
		return err
	}
	if behind := j.mark.behind.Load(); behind != nil {
		behind.Path = j.Path
	}
	return nil
}

// proveDurable refuses a server by which what is stored doesn't last.
func proveDurable(ctx context.Context, db *sql.DB) error {
	for _, setting := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := db.QueryRowContext(ctx, "SELECT current_setting($1)", setting).Scan(&value); err != nil {
			return err
		}
		if value == "off" {
			return fmt.Errorf("the server has %s = off: what it says to have stored would be gone after a power cut, and "+
				"be ordered again; set it to on", setting)
		}
	}
	var version int
	var standby bool
	var encoding string
	err := db.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS INTEGER), pg_is_in_recovery(),
		current_setting('server_encoding')`).Scan(&version, &standby, &encoding)
	switch {
	case err != nil:
		return err
	case version < oldestPostgres:
		return fmt.Errorf("the server is PostgreSQL %d; %d or newer is needed", version/10000, oldestPostgres/10000)
	case standby:
		return errors.New("the server is a standby, which can't be written; name the primary")
	case encoding != "UTF8":
		return fmt.Errorf("the database keeps its texts as %s; UTF8 is needed", encoding)
	}
	return nil
}

const oldestPostgres = 13_00_00

// provePooled refuses PgBouncer, or what works as it does, in transaction mode: it gives each transaction another
// session, and locks, settings and prepared statements are the session's.
func provePooled(ctx context.Context, db *sql.DB, one *sql.Conn) error {
	refused := errors.New("it is reached through PgBouncer in transaction mode, which lends a session for one transaction " +
		"alone; name the server itself, or a pool in session mode")
	var direct bool
	err := rawConn(one, func(c *pgx.Conn) error {
		var pid uint32
		err := c.QueryRow(ctx, "SELECT pg_backend_pid()").Scan(&pid)
		direct = pid == c.PgConn().PID()
		return err
	})
	if err != nil || direct {
		return err
	}
	// Somebody stands between. What this session sets is seen by no other, and is there while another one is at work.
	mark := fmt.Sprint(time.Now().UnixNano())
	if _, err := one.ExecContext(ctx, "SELECT set_config('bulkorder.session', $1, false)", mark); err != nil {
		return err
	}
	other, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer other.Rollback()
	const read = "SELECT coalesce(current_setting('bulkorder.session', true), '')"
	var there, here string
	if err := other.QueryRowContext(ctx, read).Scan(&there); err != nil {
		return err
	}
	if err := one.QueryRowContext(ctx, read).Scan(&here); err != nil {
		return err
	}
	if there == mark || here != mark {
		return refused
	}
	return nil
}

// rawConn lends what database/sql has no words for.
func rawConn(conn *sql.Conn, use func(*pgx.Conn) error) error {
	return conn.Raw(func(c any) error { return use(c.(*stdlib.Conn).Conn()) })
}
