package journal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestABackupIsWholeWhileTheBooksAreWrittenTo, for its owner alone, and nothing is sent from it unasked.
func TestABackupIsWholeWhileTheBooksAreWrittenTo(t *testing.T) {
	AboutAFile(t)
	j, b := books(t, time.Now(), "a", "b", "c")
	if err := j.Intend(b, 1, time.Now()); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if err := j.Note(b, Run{Workbook: "r.xlsx"}); err != nil {
					t.Error(err)
				}
			}
		}
	})
	path := filepath.Join(t.TempDir(), "copy.db")
	revision, err := j.Backup(t.Context(), path)
	close(stop)
	writing.Wait()
	if err != nil || revision == 0 {
		t.Fatalf("%d, %v", revision, err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 2 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	for _, name := range []string{path, markPath(path)} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	for _, again := range []string{path, filepath.Join(t.TempDir(), "no", "folder.db"), j.Path} {
		if _, err := j.Backup(t.Context(), again); err == nil {
			t.Errorf("%s was written to", again)
		}
	}
	c := reopen(t, path)
	wantStates(t, c, b, Sending, Queued, Queued)
	var behind *BehindError
	if err := c.Intend(b, 2, time.Now()); !errors.As(err, &behind) || !strings.Contains(err.Error(), "backup") {
		t.Errorf("an intent in a backup gives %v", err)
	}
	if s, err := c.Sound(t.Context()); err != nil || len(s.Damage) > 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if err := c.TrustCopy(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if again := reopen(t, path); again.Behind() != nil {
		t.Errorf("after a person's word: %v", again.Behind())
	}
}

// TestABackupInThePlaceOfTheBooks sends nothing, with its own mark beside it or with that of the books.
func TestABackupInThePlaceOfTheBooks(t *testing.T) {
	AboutAFile(t)
	path := sentBooks(t)
	j := reopen(t, path)
	backup := filepath.Join(t.TempDir(), "copy.db")
	if _, err := j.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	if err := j.Note(Batch{n: 1}, Run{Workbook: "r.xlsx"}); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	copyFile(t, backup, path)
	if j := reopen(t, path); j.Behind() == nil {
		t.Error("with the mark of the books it is taken for the newest")
	} else if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	copyFile(t, markPath(backup), markPath(path))
	if j := reopen(t, path); j.Behind() == nil {
		t.Error("with its own mark it is taken for the newest")
	}
}

func TestBooksThatAreReadAloneTellWhetherTheyAreTheNewest(t *testing.T) {
	AboutAFile(t)
	path := sentBooks(t)
	for _, behind := range []bool{false, true} {
		if behind {
			if err := os.Remove(markPath(path)); err != nil {
				t.Fatal(err)
			}
		}
		j, err := OpenReadOnly(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if is := j.Behind() != nil; is != behind {
			t.Errorf("behind is %v, want %v", is, behind)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
