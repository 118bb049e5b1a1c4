//go:build unix

package stories_test

import (
	"bulkorder/samples/sandbox"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAFolderThroughASymlink: the same with the state folder.
func TestAFolderThroughASymlink(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, Latency: 100 * time.Millisecond})
	w.write("orders.csv", followers("page", 40))
	run := w.background("run", "orders.csv", "--yes", "--rate", "20/s", "--concurrency", "4")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 4 })
	link := filepath.Join(t.TempDir(), "state")
	must(t, os.Symlink(w.state, link))
	code, out, errs := w.finish(w.with([]string{"XDG_STATE_HOME=" + link}, "resume", "--yes", "--rate", "20/s"))
	if code != 0 && code != 11 {
		t.Errorf("through the symlink: exit %d:\n%s%s", code, out, errs)
	}
	if code := run.exit(); code != 0 {
		t.Errorf("the first: exit %d:\n%s", code, run.words.String())
	}
	w.ordered(pages("page", 40)...)
}

// TestTheJournalIsAnOlderBackup: what it doesn't know anymore isn't ordered again.
func TestTheJournalIsAnOlderBackup(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("a", 3))
	w.write("b.csv", followers("b", 3))
	w.ok(0, "run", "a.csv", "--yes", "--rate", "100/s")
	backup := filepath.Join(t.TempDir(), "journal.db")
	w.copyJournal(backup)
	w.ok(0, "run", "b.csv", "--yes", "--rate", "100/s")
	must(t, os.Remove(filepath.Join(w.dir, "b.results.xlsx"))) // nothing but the mark tells of them
	w.restore(backup)
	w.saysCheck("run", "b.csv", "--yes", "--rate", "100/s")
	w.saysCheck("run", "a.csv", "--again", "--allow-repeat", "--yes", "--rate", "100/s")
	w.ordered(append(pages("a", 3), pages("b", 3)...)...)
}

// TestTheJournalIsACopyOfTheMiddleOfARun: taken after a checkpoint, whole for SQLite, and too old.
func TestTheJournalIsACopyOfTheMiddleOfARun(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 60))
	run := w.background("run", "orders.csv", "--yes", "--rate", "30/s", "--concurrency", "2")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 15 })
	w.checkpoint()
	copied := filepath.Join(t.TempDir(), "journal.db")
	copyFile(t, w.journal(), copied)
	if code := run.exit(); code != 0 {
		t.Fatalf("exit %d:\n%s", code, run.words.String())
	}
	os.Remove(filepath.Join(w.dir, "orders.results.xlsx"))
	w.restore(copied)
	w.saysCheck("resume", "--yes", "--rate", "100/s")
	w.saysCheck("run", "orders.csv", "--yes", "--rate", "100/s")
	w.ordered(pages("page", 60)...)
}

// TestTheWalWasRemovedAfterAKill: the newest commits are gone with it.
func TestTheWalWasRemovedAfterAKill(t *testing.T) {
	t.Parallel()
	const rows = 20000
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", rows))
	run := w.background("run", "orders.csv", "--yes", "--rate", "200/s", "--concurrency", "4", "--quiet")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 200 })
	must(t, run.Process.Kill())
	run.exit()
	ordered := len(w.sandbox.Ledger())
	if err := os.Remove(w.journal() + "-wal"); err != nil {
		t.Fatal(err)
	}
	os.Remove(w.journal() + "-shm")
	for _, args := range [][]string{{"resume", "--yes"}, {"run", "orders.csv", "--yes"}} {
		w.saysCheck(append(args, "--rate", "2000/s", "--limit", "300")...)
	}
	for link, n := range w.counts() {
		if n > 1 {
			t.Errorf("%s is ordered %d times", link, n)
			break
		}
	}
	if n := len(w.sandbox.Ledger()); n != ordered {
		t.Errorf("%d orders more", n-ordered)
	}
}

// TestOneJournalThroughASymlink: the second process waits or leaves; no answer that came is thrown away.
func TestOneJournalThroughASymlink(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, Latency: 100 * time.Millisecond})
	w.write("orders.csv", followers("page", 40))
	run := w.background("run", "orders.csv", "--yes", "--rate", "20/s", "--concurrency", "4")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 4 })
	link := filepath.Join(t.TempDir(), "other.db")
	must(t, os.Symlink(w.journal(), link))
	var codes []int
	for _, args := range [][]string{{"resume", "--yes"}, {"run", "orders.csv", "--yes"}} {
		code, out, errs := w.call(append(args, "--rate", "20/s", "--journal", link)...)
		if codes = append(codes, code); code != 0 && code != 11 {
			t.Errorf("through the symlink: exit %d:\n%s%s", code, out, errs)
		}
	}
	if code := run.exit(); code != 0 {
		t.Errorf("the first: exit %d:\n%s", code, run.words.String())
	}
	w.ordered(pages("page", 40)...)
	if _, r := w.result("show"); r.Rows.Placed != 40 || r.Rows.InDoubt != 0 {
		t.Errorf("exits %v through the symlink, and in the end %+v", codes, r.Rows)
	}
}

// saysCheck wants a run that orders nothing, because the journal isn't the newest, and that says what to do.
func (w *shop) saysCheck(args ...string) {
	w.t.Helper()
	before := len(w.sandbox.Ledger())
	code, out, errs := w.call(args...)
	if n := len(w.sandbox.Ledger()) - before; n > 0 {
		w.t.Errorf("%v: %d orders by a journal that forgot some", args, n)
	}
	if code != 1 || !strings.Contains(out+errs, "journal check") {
		w.t.Errorf("%v: exit %d, want 1 and what to do:\n%s%s", args, code, out, errs)
	}
}

// copyJournal copies the journal as a person does, the file alone, while nobody works on it.
func (w *shop) copyJournal(to string) {
	w.t.Helper()
	if info, err := os.Stat(w.journal() + "-wal"); err == nil && info.Size() > 0 {
		w.checkpoint()
	}
	copyFile(w.t, w.journal(), to)
}

// restore puts a copy in the place of the journal.
func (w *shop) restore(from string) {
	w.t.Helper()
	for _, end := range []string{"-wal", "-shm"} {
		os.Remove(w.journal() + end)
	}
	copyFile(w.t, from, w.journal())
}

// TestAnotherMachineFindsTheResultsBesideTheSheet: what they say was ordered isn't ordered without a word.
func TestAnotherMachineFindsTheResultsBesideTheSheet(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]func(*shop){
		"the same sheet": func(w *shop) {},
		"rows elsewhere": func(w *shop) {
			w.write("orders.csv", "quantity,service,link\n100,1,"+page("new", 1)+"\n100,1,"+page("page", 3)+"\n100,1,"+
				page("page", 1)+"\n")
		},
		"numbered results": func(w *shop) {
			must(w.t, os.Rename(filepath.Join(w.dir, "orders.results.xlsx"), filepath.Join(w.dir, "orders.results-2.xlsx")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("orders.csv", followers("page", 3))
			w.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s")
			other := w.machine()
			other.dir = w.dir
			edit(w)
			code, r := other.result("run", "orders.csv", "--yes", "--rate", "100/s")
			want := pages("page", 3)
			if name == "rows elsewhere" {
				want = append(want, page("new", 1))
			}
			if code != 4 || r.Rows.Held < 2 {
				t.Errorf("exit %d, %+v, want rows held", code, r.Rows)
			}
			w.ordered(want...)
		})
	}
}

// TestABackupIsSound: journal backup copies the books while a run works on them, and says how it was.
func TestABackupIsSound(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 30))
	run := w.background("run", "orders.csv", "--yes", "--rate", "20/s", "--concurrency", "2")
	until(t, "some orders", func() bool { return len(w.sandbox.Ledger()) >= 5 })
	copied := filepath.Join(t.TempDir(), "copy.db")
	w.ok(0, "journal", "backup", copied)
	if code := run.exit(); code != 0 {
		t.Errorf("exit %d:\n%s", code, run.words.String())
	}
	if code, r := w.result("show", "--journal", copied); code != 0 || r.Rows.Total != 30 || r.Rows.Placed < 4 {
		t.Errorf("the copy: exit %d, %+v", code, r.Rows)
	}
	w.ok(0, "journal", "check")
}

// TestTheBooksWereLostAndAPersonSaysSo: after journal check and a person's word it goes on, and no row is ordered
// twice without one.
func TestTheBooksWereLostAndAPersonSaysSo(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("a", 3))
	w.write("b.csv", followers("b", 3))
	w.ok(0, "run", "a.csv", "--yes", "--rate", "100/s")
	backup := filepath.Join(t.TempDir(), "journal.db")
	w.copyJournal(backup)
	w.ok(0, "run", "b.csv", "--yes", "--rate", "100/s")
	w.restore(backup)
	code, out, errs := w.call("journal", "check")
	words := out + errs
	if code != 1 {
		t.Errorf("journal check: exit %d, want 1", code)
	}
	found := 0
	for _, o := range w.sandbox.Ledger()[3:] { // it compares with the account, and tells what no row claims
		if strings.Contains(words, o.ID) {
			found++
		}
	}
	if found == 0 && !strings.Contains(words, "b.results.xlsx") {
		t.Errorf("journal check tells nothing of the orders that it doesn't know:\n%s", words)
	}
}
