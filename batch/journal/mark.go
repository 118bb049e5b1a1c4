package journal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
)

// The mark is a small file beside the books that bears their name and the highest revision that was committed. It is
// written after each commit, so it is never ahead of the books. Books that are behind it are an old copy: rows that
// they show as unsent may have been ordered since.

// BehindError says that these books aren't the newest: nothing is sent from them before a person has said what to do.
type BehindError struct {
	Path     string
	Revision int64  // of the books
	Mark     int64  // that the mark bears; 0: there is none
	Other    bool   // the mark is of other books
	Gone     bool   // other books lie where these were opened, or none: nobody would find what is written into them
	Words    string // what that means
}

func (e *BehindError) Error() string {
	if e.Gone {
		return fmt.Sprintf("the journal %s was moved, deleted or replaced since it was opened, so that nobody would find what "+
			"is written into it; nothing more is sent; put it back there, with what lies beside it, before anything is ordered "+
			"again: new books know of no order", e.Path)
	}
	return fmt.Sprintf("the journal %s is not the newest: %s; nothing is sent from it. "+
		"`bulkorder journal check` compares it with the account and says what to do", cmp.Or(e.Path, "of this run"), e.Words)
}

// mark is the open file.
type mark struct {
	file   *os.File
	id     string
	behind atomic.Pointer[BehindError] // nil: the books are the newest
}

func (m *mark) close() error {
	if m == nil || m.file == nil { // opened for reading alone
		return nil
	}
	return m.file.Close()
}

func markPath(path string) string { return path + ".mark" }

const (
	markForm   = "bulkorder journal %16s revision %20d\n"
	backupForm = "bulkorder journal %16s backup   %20d\n" // of a backup: what came after it isn't in it
)

// bookState is what books say of themselves.
type bookState struct {
	id       string
	revision int64
	hasSent  bool // a request may have left
}

// openMark compares the mark with the books, and keeps it open.
func openMark(path string, read func() (bookState, error)) (*mark, error) {
	book, behind, missing, err := readMark(path, read)
	if err != nil {
		return nil, err
	}
	m := &mark{id: book.id}
	m.behind.Store(behind)
	if m.file, err = os.OpenFile(markPath(path), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, err
	}
	if missing {
		if err := syncDir(filepath.Dir(path)); err != nil {
			return nil, errors.Join(err, m.file.Close())
		}
	}
	if behind == nil {
		return m, m.write(book.revision)
	}
	return m, nil
}

// readMark tells why books aren't the newest; nil: they are. Books that have sent something and have no mark were
// copied without it. Other processes commit meanwhile: what the mark must tell of is read before it, and what it may
// tell of after it.
func readMark(path string, read func() (bookState, error)) (book bookState, behind *BehindError, missing bool,
	err error) {
	if book, err = read(); err != nil {
		return book, nil, false, err
	}
	hasSent := book.hasSent
	text, missed := os.ReadFile(markPath(path))
	if missed != nil && !errors.Is(missed, fs.ErrNotExist) {
		return book, nil, false, missed
	}
	if book, err = read(); err != nil {
		return book, nil, false, err
	}
	return book, judgeMark(path, string(text), book, hasSent), missed != nil || len(text) == 0, nil
}

// judgeMark says what a mark means for books that it lies beside.
func judgeMark(path, text string, book bookState, hasSent bool) *BehindError {
	id, revision := book.id, book.revision
	behind := &BehindError{Path: path, Revision: revision}
	var whose string
	_, malformed := fmt.Sscanf(text, markForm, &whose, &behind.Mark)
	missing := text == ""
	switch {
	case missing && hasSent:
		behind.Words = "its mark, " + markPath(path) + ", is missing, so it is a copy, or its mark was deleted"
	case missing: // new books, or killed before the mark was first written
		behind = nil
	case malformed != nil:
		behind.Words = "its mark, " + markPath(path) + ", can't be read"
		if _, err := fmt.Sscanf(text, backupForm, &whose, &behind.Mark); err == nil && whose == id {
			behind.Words = fmt.Sprintf("it is a backup that was made after %d changes; what came later isn't in it", behind.Mark)
		}
	case whose != id:
		behind.Other = true
		behind.Words = "its mark is that of other books, which were here before"
	case behind.Mark > revision:
		behind.Words = fmt.Sprintf("it has seen %d changes, and its mark says that there were %d; it is an older copy, "+
			"or lost what was written last", revision, behind.Mark)
	default:
		behind = nil
	}
	return behind
}

// write notes a revision that is committed. A mark that can't be written protects less, and harms nothing.
func (m *mark) write(revision int64) error {
	if m.behind.Load() != nil {
		return nil
	}
	var was int64
	old := make([]byte, len(fmt.Sprintf(markForm, m.id, 0)))
	if n, err := m.file.ReadAt(old, 0); err == nil && n == len(old) {
		var whose string
		if _, err := fmt.Sscanf(string(old), markForm, &whose, &was); err == nil && whose == m.id && was > revision {
			return nil // another process has committed since
		}
	}
	_, err := m.file.WriteAt(fmt.Appendf(nil, markForm, m.id, revision), 0)
	return err
}

// Behind tells why nothing may be sent from these books; nil: they are the newest.
func (j *Journal) Behind() *BehindError {
	if j.mark == nil { // older than marks, and opened for reading alone
		return nil
	}
	if behind := j.mark.behind.Load(); behind != nil || j.files.book == nil {
		return behind
	}
	if !j.isThere() {
		return &BehindError{Path: j.Path, Gone: true}
	}
	return nil
}

// SyncMark makes the mark durable: before the first order of a run, and at each look.
func (j *Journal) SyncMark() error {
	if behind := j.Behind(); behind != nil {
		return behind
	}
	return j.mark.file.Sync()
}

// TrustCopy is a person's word that these books are to be used though they are behind their mark.
func (j *Journal) TrustCopy() error {
	return j.do(func(ctx context.Context, t *statements) error {
		// Beyond whatever the mark bears, so that the books it was of are behind it from now on.
		if _, err := t.exec(ctx, `UPDATE book SET halted = '', revision = 1 + CASE WHEN revision > $1 THEN revision ELSE $1 END`,
			j.mark.mark()); err != nil {
			return err
		}
		j.mark.behind.Store(nil)
		return nil
	})
}

func (m *mark) mark() int64 {
	if behind := m.behind.Load(); behind != nil {
		return behind.Mark
	}
	return 0
}

// wasHalted looks whether the books themselves say that nothing is sent from them.
func (j *Journal) wasHalted(ctx context.Context) error {
	var words string
	err := j.write.QueryRowContext(ctx, `SELECT halted FROM book`).Scan(&words)
	if err == nil && words != "" {
		j.mark.behind.CompareAndSwap(nil, &BehindError{Path: j.Path, Words: words})
	}
	return err
}

// bookOf reads what these books are called and how many commits they have seen.
func (j *Journal) bookOf(ctx context.Context) (b bookState, err error) {
	err = j.write.QueryRowContext(ctx, `SELECT id, revision, EXISTS (SELECT 1 FROM rows WHERE attempts > 0) FROM book`).
		Scan(&b.id, &b.revision, &b.hasSent)
	return b, err
}
