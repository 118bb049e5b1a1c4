// Package journal keeps the books: every row of every batch, what was meant to be sent, what was
// sent, and what came of it. Nothing is sent that isn't in it first.
//
// The contract, whatever database keeps it:
//
//   - [Journal.Intend] returns nil only after the intent is on stable storage: it survives kill -9 and
//     a power cut. While it returns an error nothing may be sent.
//   - [Journal.Conclude] stores outcomes in the order of the calls, each before any intent that is
//     asked for later. An outcome that couldn't be stored leaves its row "sending", which [Journal.Recover]
//     makes in_doubt.
//   - A row is in exactly one [State] at every moment, and only a queued row can be intended.
//   - After one write failed, every later write of this process fails with [ErrBroken]: after a failed
//     fsync nobody knows what is on the disk.
//   - A row isn't intended where the same is ordered already, or may be, on any account that may be its own: by its
//     Ref, or by its content. The database refuses it, and the row is held ([*RowHeldError]).
//   - An order id belongs to one row of an account. A second row that is given it becomes in_doubt, with
//     [ErrOrderTaken].
//   - What was ordered, or may have been, is never deleted, and an order never changes.
//   - Books that are behind their mark send nothing ([*BehindError]).
//   - One process at a time holds a batch ([Journal.Hold]).
//
// All methods may be called by many goroutines at once.
package journal

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the database/sql driver "sqlite", in Go alone
)

var (
	// ErrBroken: an earlier write failed, so nothing more is written by this process.
	ErrBroken = errors.New("the journal could not be written; nothing more is written to it by this process")
	// ErrNotQueued: the row isn't queued, so it may not be sent.
	ErrNotQueued = errors.New("the row is not queued")
	// ErrOrderTaken: another row has this order id.
	ErrOrderTaken = errors.New("the order id belongs to another row")
	// ErrTooLate: the row is no longer being sent by this process. The answer is kept beside it.
	ErrTooLate = errors.New("the row was taken over")
	// ErrClosed: the journal was closed.
	ErrClosed = errors.New("the journal is closed")
	// ErrNoBatch: no batch has this id.
	ErrNoBatch = errors.New("no such batch")
	// ErrNoRow: a batch has no row of such a number.
	ErrNoRow = errors.New("no row")
)

//go:embed schema/*.sql schema/postgres/*.sql
var schema embed.FS

// Journal is the books in one SQLite file.
type Journal struct {
	Path     string
	Found    int64    // the step of the schema that the books had; 0: there were no tables
	Step     int64    // that they have now; 0: they are read alone
	Upgraded []string // what a person should know of books that were just brought up to date; nil: nothing
	owner    string   // of the rows that this process sends
	mark     *mark
	files    files
	read     *reader
	write    *sql.DB
	pg       *postgres // nil: the books are a file of SQLite
	queue    chan write
	done     chan struct{}

	committed  atomic.Pointer[func(took time.Duration, changes int)]
	hasTargets atomic.Bool // the index of open orders by what they are for is there

	closing sync.RWMutex // held for reading by who writes
	closed  bool
}

// Open opens the journal at path and creates it, and its folder, where it doesn't exist: files for the
// owner alone. It brings the schema up to date, and refuses a journal that a newer version wrote.
func Open(ctx context.Context, path string) (*Journal, error) {
	if IsPostgres(path) {
		return nil, fmt.Errorf("opening the journal %s: it is a database of PostgreSQL, not a file", PlaceOf(path))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	// Locks and the mark go by the real file, by whatever name it is opened.
	if path, err = realPath(path); err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	// Processes that open a new journal at the same moment would all make its tables.
	opening, err := lockFile(path, "opening")
	if err == nil {
		err = opening.Lock()
	}
	if err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	defer opening.Unlock()
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	j := &Journal{Path: path, files: files{book: info}, owner: ownerName(), queue: make(chan write, 1024),
		done: make(chan struct{})}
	if j.write, err = sql.Open("sqlite", dsn(path)+"&_pragma=cache_size(-4096)"); err != nil {
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	// One connection: the pragmas that were read back are those of the connection that writes.
	j.write.SetMaxOpenConns(1)
	if j.read, err = openReader(dsn(path) + "&_pragma=query_only(1)&_pragma=cache_size(-1024)"); err == nil {
		err = j.prepare(ctx)
	}
	if err != nil {
		j.write.Close()
		return nil, fmt.Errorf("opening the journal %s: %w", path, err)
	}
	return j, nil
}

// realPath follows symbolic links. A file that has a second name of its own can't be locked by its name.
func realPath(path string) (string, error) {
	found, err := filepath.EvalSymlinks(path)
	if err != nil {
		return path, err
	}
	info, err := os.Stat(found)
	if err == nil && names(info) > 1 {
		err = fmt.Errorf("the file has %d names (hard links), so that two processes could use it unawares; keep one",
			names(info))
	}
	return found, err
}

// ownerName names this process and this opening of the journal.
func ownerName() string {
	host, _ := os.Hostname() // without a name the rest tells processes apart
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), rand.Text()[:10])
}

// create makes the folder and the empty file, and syncs the folder: a new file whose name was never
// synced is gone after a power cut, with everything that was synced into it.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a name that was made in a folder last.
func syncDir(path string) error {
	if runtime.GOOS == "windows" { // a folder can't be synced there
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// dsn names the file with the settings that make a commit durable. In WAL mode SQLite's default,
// synchronous=NORMAL, loses commits in a power cut.
func dsn(path string) string {
	slashed := filepath.ToSlash(path)
	if slashed[0] != '/' {
		slashed = "/" + slashed
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() +
		"?_pragma=busy_timeout(30000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=fullfsync(1)&_pragma=che" +
		"ckpoint_fullfsync(1)"
}

// prepare reads the settings back, updates the schema and starts the writer.
func (j *Journal) prepare(ctx context.Context) error {
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2"} {
		var got string
		if err := j.write.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf(
				"SQLite keeps %s=%s where %s is needed; is it on a file system that can't lock?",
				pragma,
				got,
				want,
			)
		}
	}
	steps, err := provider(j.write)
	if err != nil {
		return err
	}
	err = j.upgrade(ctx, steps, func(latest int64) (bool, error) { return makeNew(ctx, j.write, steps, latest) })
	if err != nil {
		return err
	}
	current := j.Found
	if current > 0 && current < firstAccounts {
		if j.Upgraded, err = j.oddities(ctx); err != nil {
			return err
		}
	}
	j.mark, err = openMark(j.Path, func() (bookState, error) {
		b, err := j.bookOf(ctx)
		b.hasSent = b.hasSent && current >= firstMarked
		return b, err
	})
	if err == nil {
		err = j.wasHalted(ctx)
	}
	if err != nil {
		return err
	}
	j.keepFiles()
	w, err := newWriter(ctx, j.write, j.mark)
	if err != nil {
		return err
	}
	go j.runWriter(w)
	return nil
}

// upgrade brings the schema up to date. New books may be made by a shorter way.
func (j *Journal) upgrade(
	ctx context.Context, steps *goose.Provider, shorter func(latest int64) (made bool, err error),
) error {
	current, latest, err := steps.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > latest {
		return fmt.Errorf("it was written by a newer bulkorder (schema %d, this one knows %d); use that version",
			current, latest)
	}
	j.Found, j.Step = current, latest
	made := false
	if current == 0 && shorter != nil {
		if made, err = shorter(latest); err != nil {
			return err
		}
	}
	if current < latest && !made {
		_, err = steps.Up(ctx)
	}
	return err
}

// Steps of the schema since which books have accounts, and a mark.
const (
	firstAccounts = 6
	firstMarked   = 7
)

// Close waits for what is queued to be written and closes the files.
func (j *Journal) Close() error {
	j.closing.Lock()
	if j.closed {
		j.closing.Unlock()
		return nil
	}
	j.closed = true
	close(j.queue)
	j.closing.Unlock()
	<-j.done
	if j.pg != nil {
		j.pg.leases.close()
		return errors.Join(j.write.Close(), j.mark.close())
	}
	if j.isOverlaid() {
		return j.mark.close() // closing would write what the log holds into the file that lies there now
	}
	return errors.Join(j.read.Close(), j.write.Close(), j.mark.close())
}
