package journal

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"sync"
)

// Somebody may lay other books where these were opened while they are open: under the same name, or into the very file.
// What is written then goes into a log that nobody finds, and what is read comes partly from the one and partly from
// the other.

// files are the books' files as they were opened.
type files struct {
	book os.FileInfo // nil: they are no file
	log  os.FileInfo // what isn't in the file yet; nil: it isn't known

	mu       sync.Mutex
	looked   os.FileInfo // the file as it was when it was last looked into
	stored   bookState   // what it said then; no id: nothing is known
	overlaid bool
}

// logPath is where SQLite keeps what isn't in the file yet, for as long as somebody has the books open.
func logPath(path string) string { return path + "-wal" }

// keepFiles notes how the files are, once the books were read.
func (j *Journal) keepFiles() {
	if is, err := os.Stat(logPath(j.Path)); err == nil {
		j.files.log = is
	}
	j.isOverlaid()
}

// storedBook reads what the file says of itself, without what its log says: it is never ahead of the books, and never
// goes back.
func storedBook(ctx context.Context, path string) (b bookState, err error) {
	source, _, _ := strings.Cut(dsn(path), "?")
	db, err := sql.Open("sqlite", source+"?mode=ro&immutable=1")
	if err != nil {
		return b, err
	}
	defer db.Close()
	return b, db.QueryRowContext(ctx, `SELECT id, revision FROM book`).Scan(&b.id, &b.revision)
}

// isOverlaid tells whether another copy of books was written into the file: other books, or a state of these that was
// over when they were opened. A file that can't be read is being written, by whoever moves the log into it; that tells
// nothing.
func (j *Journal) isOverlaid() bool {
	f := &j.files
	if f.book == nil {
		return false
	}
	is, err := os.Stat(j.Path)
	return err == nil && os.SameFile(is, f.book) && j.isOverlaidAs(is)
}

func (j *Journal) isOverlaidAs(is os.FileInfo) bool {
	f := &j.files
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.looked != nil && is.ModTime().Equal(f.looked.ModTime()) && is.Size() == f.looked.Size() {
		return f.overlaid
	}
	f.looked = is
	stored, err := storedBook(context.Background(), j.Path)
	if err != nil {
		return f.overlaid
	}
	if f.stored.id != "" && (stored.id != f.stored.id || stored.revision < f.stored.revision) {
		f.overlaid = true
		return true
	}
	f.stored = stored
	return f.overlaid
}

// isThere tells whether the files are those that were opened.
func (j *Journal) isThere() bool {
	f := &j.files
	is, err := os.Stat(j.Path)
	if err != nil || !os.SameFile(is, f.book) {
		return false
	}
	if f.log != nil {
		log, err := os.Stat(logPath(j.Path))
		if err != nil || !os.SameFile(log, f.log) {
			return false
		}
	}
	return !j.isOverlaidAs(is)
}
