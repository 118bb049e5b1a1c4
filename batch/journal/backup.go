package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Backup copies the books as they are at one moment to a new file, while processes work on them, and gives how many
// changes the copy has seen. The copy is a backup: before anything is sent from it a person has to say so.
func (j *Journal) Backup(ctx context.Context, path string) (revision int64, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return 0, fmt.Errorf("backing the journal up: %w", err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm", markPath(path)} {
		if _, err := os.Lstat(name); err == nil {
			return 0, fmt.Errorf("backing the journal up: %s is there already; choose another name", name)
		}
	}
	half := path + ".half"
	if err = takeName(half); err == nil {
		if revision, err = j.copyTo(ctx, half, path); err != nil {
			err = errors.Join(err, os.Remove(half))
		}
	}
	if err != nil {
		return 0, fmt.Errorf("backing the journal up to %s: %w", path, err)
	}
	return revision, nil
}

// takeName makes an empty file that nothing is in the way of, for its owner alone.
func takeName(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// copyTo copies into an empty file, looks whether the copy is sound, and gives it its mark and its name.
func (j *Journal) copyTo(ctx context.Context, half, path string) (revision int64, err error) {
	// A connection of its own: those that read may not, and the one that writes has better to do.
	db, err := sql.Open("sqlite", dsn(j.Path))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO $1", half); err != nil {
		return 0, err
	}
	if err := syncFile(half); err != nil { // SQLite doesn't sync what it copies into
		return 0, err
	}
	id, revision, err := inspect(ctx, half)
	if err != nil {
		return 0, err
	}
	if err := os.WriteFile(markPath(path), fmt.Appendf(nil, backupForm, id, revision), 0o600); err != nil {
		return 0, err
	}
	err = errors.Join(syncFile(markPath(path)), takeName(path))
	if err == nil {
		err = os.Rename(half, path)
	}
	return revision, errors.Join(err, syncDir(filepath.Dir(path)))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// inspect fails where a copy isn't sound, and tells what it is called and how many changes it has seen.
func inspect(ctx context.Context, path string) (id string, revision int64, err error) {
	c, err := OpenReadOnly(ctx, path)
	if err != nil {
		return "", 0, err
	}
	defer func() {
		err = errors.Join(err, c.Close())
		for _, ending := range []string{"-wal", "-shm"} { // of a name that it doesn't keep
			os.Remove(path + ending)
		}
	}()
	s, err := c.Sound(ctx)
	if err == nil && len(s.Damage) > 0 {
		err = errors.New("the copy is damaged: " + strings.Join(s.Damage, "; "))
	}
	if err != nil {
		return "", 0, err
	}
	book, err := c.bookOf(ctx)
	return book.id, book.revision, err
}

// HoldForgotten holds the rows on these accounts that may still be sent: the books are a copy, and one of the rows may
// have been ordered since. It gives how many.
func (j *Journal) HoldForgotten(accounts []int64) (int, error) {
	const note = "these books are a copy, and it may have been ordered since: its account has orders that they " +
		"don't know, or can't be compared with them"
	// Rows that a person's word of another kind would release are held too: it may have been given since.
	const waits = `account = $1 AND state = 'held' AND reason IN ('price', 'service', 'cap')`
	held := 0
	err := j.do(func(ctx context.Context, t *statements) error {
		for _, account := range accounts {
			_, err := t.exec(ctx, `UPDATE batches SET revision = revision + 1 WHERE n IN (
				SELECT batch FROM rows WHERE account = $1 AND state = 'queued' OR `+waits+`)`, account)
			if err != nil {
				return err
			}
			n, err := t.move(ctx, Queued, `UPDATE rows SET state = 'held', reason = $2, note = $3 WHERE account = $1`,
				account, string(Forgotten), note)
			if err != nil {
				return err
			}
			again, err := t.exec(ctx, `UPDATE rows SET reason = $2, note = $3 WHERE `+waits, account, string(Forgotten),
				note)
			if err != nil {
				return err
			}
			held += int(n + again)
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("holding rows that may have been ordered: %w", err)
	}
	return held, nil
}

// Homes lists the accounts of the books that rows are on, each as its newest batch has it.
func (j *Journal) Homes(ctx context.Context) ([]Account, error) {
	rows, err := j.read.QueryContext(ctx, `SELECT account, panel, url, currency, balance_before, balance_after
		FROM panels WHERE account > 0 ORDER BY account, batch DESC, position`)
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	all, err := scanAll(rows, func(a *Account) []any {
		return []any{&a.N, &a.Panel, &a.URL, &a.Currency, &a.BalanceBefore, &a.BalanceAfter}
	})
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	return slices.CompactFunc(all, func(a, b Account) bool { return a.N == b.N }), nil
}
