package journal

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// sentBooks makes a journal that has sent a row, and closes it.
func sentBooks(t *testing.T) (path string) {
	t.Helper()
	j, b := books(t, time.Now(), "a", "b")
	if err := j.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "journal.db")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	copyFile(t, j.Path, path)
	copyFile(t, markPath(j.Path), markPath(path))
	return path
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func reopen(t *testing.T, path string) *Journal {
	t.Helper()
	j, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func TestBooksThatAreNotTheNewestSendNothing(t *testing.T) {
	AboutAFile(t)
	for name, c := range map[string]struct {
		spoil  func(path string)
		behind bool
	}{
		"as they were":       {func(string) {}, false},
		"without their mark": {func(path string) { os.Remove(markPath(path)) }, true},
		"an older copy":      {func(path string) { copyFile(t, path+".old", path) }, true},
		"the mark of others": {func(path string) { copyFile(t, markPath(sentBooks(t)), markPath(path)) }, true},
		"a mark of nonsense": {func(path string) { os.WriteFile(markPath(path), []byte("nonsense"), 0o600) }, true},
		"an older mark":      {func(path string) { copyFile(t, path+".oldmark", markPath(path)) }, false},
		"books begun anew":   {func(path string) { os.Remove(path) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			path := sentBooks(t)
			copyFile(t, path, path+".old")
			copyFile(t, markPath(path), path+".oldmark")
			j := reopen(t, path)
			for range 3 {
				if err := j.Note(Batch{n: 1}, Run{Started: time.Now()}); err != nil {
					t.Fatal(err)
				}
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			c.spoil(path)
			j, err := Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer j.Close()
			if is := j.Behind() != nil; is != c.behind {
				t.Fatalf("behind is %v: %v", is, j.Behind())
			}
			for range 9 { // whoever looks into them notes this and that
				if err := j.Note(Batch{n: 1}, Run{Workbook: "r.xlsx"}); err != nil {
					t.Fatal(err)
				}
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			j = reopen(t, path)
			if is := j.Behind() != nil; is != c.behind {
				t.Fatalf("opened again, behind is %v: %v", is, j.Behind())
			}
			var behind *BehindError
			if err := j.Intend(Batch{n: 1}, 2, time.Now()); c.behind != errors.As(err, &behind) {
				t.Errorf("an intent gives %v", err)
			}
			if !c.behind {
				return
			}
			if err := j.TrustCopy(); err != nil || j.Behind() != nil {
				t.Errorf("a person's word: %v, %v", err, j.Behind())
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			if again := reopen(t, path); again.Behind() != nil {
				t.Errorf("opened again after a person's word: %v", again.Behind())
			}
		})
	}
}

// TestBooksThatWereMoved while they are open: whoever opens them by their name sees nothing of what is written.
func TestBooksThatWereMoved(t *testing.T) {
	AboutAFile(t)
	for name, move := range map[string]func(path string) error{
		"moved":   func(path string) error { return os.Rename(path, path+".aside") },
		"deleted": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.Rename(path, path+".aside"), os.WriteFile(path, nil, 0o600))
		},
	} {
		j, _ := books(t, time.Now())
		if behind := j.Behind(); behind != nil {
			t.Fatal(behind)
		}
		if err := move(j.Path); err != nil {
			t.Fatal(err)
		}
		behind := (*BehindError)(nil)
		if err := j.SyncMark(); !errors.As(err, &behind) || !behind.Gone {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBooksThatAreOverwritten while they are open, as one restores a backup: the file keeps its number. Closing them
// leaves what lies there as it is.
func TestBooksThatAreOverwritten(t *testing.T) {
	AboutAFile(t)
	without := func(_, path string) { os.Remove(path + "-shm"); os.Remove(path + "-wal") }
	restore := func(backup, path string) { copyFile(t, backup, path) }
	for name, c := range map[string]struct {
		spoil      []func(backup, path string)
		gone, kept bool // kept: as the backup was
	}{
		"a backup":                 {[]func(_, _ string){restore, without}, true, true},
		"a backup beside its log":  {[]func(_, _ string){restore}, true, true},
		"the log is removed alone": {[]func(_, _ string){without}, true, false},
		"other books":              {[]func(_, _ string){func(_, path string) { copyFile(t, sentBooks(t), path) }}, true, false},
		"nothing":                  {nil, false, false},
		"the log is moved into it": {[]func(_, _ string){func(_, path string) { moveLog(t, path) }}, false, false},
	} {
		path := sentBooks(t)
		j := reopen(t, path)
		if _, err := j.Backup(t.Context(), path+".backup"); err != nil {
			t.Fatal(err)
		}
		noteRuns(t, j)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		j = reopen(t, path)
		noteRuns(t, j)
		for _, spoil := range c.spoil {
			spoil(path+".backup", path)
		}
		behind := (*BehindError)(nil)
		if err := j.Intend(Batch{n: 1}, 2, time.Now()); errors.As(err, &behind) != c.gone || behind != nil && !behind.Gone {
			t.Errorf("%s: %v", name, err)
		}
		if err := j.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		is, _ := os.ReadFile(path)
		backup, _ := os.ReadFile(path + ".backup")
		if c.kept && !bytes.Equal(is, backup) {
			t.Errorf("%s: closing the books wrote into what lies there now", name)
		}
	}
}

func noteRuns(t *testing.T, j *Journal) {
	t.Helper()
	for range 3 {
		if err := j.Note(Batch{n: 1}, Run{Started: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
}

// moveLog moves what the log holds into the file, as SQLite does by itself from time to time.
func moveLog(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
}
