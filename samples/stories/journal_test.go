//go:build unix

package stories_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// books is what journal check prints.
type books struct {
	Checks       []struct{ Name, State, Found, Do string }
	OK, Accepted bool
	Held         int
}

func (w *shop) checkBooks(args ...string) (int, books, string) {
	w.t.Helper()
	code, out, errs := w.call(append([]string{"journal", "check", "--json", "--rate", "100/s"}, args...)...)
	var b books
	if err := json.Unmarshal([]byte(out), &b); err != nil && code < 2 {
		w.t.Fatalf("exit %d, no JSON: %v\n%s%s", code, err, out, errs)
	}
	return code, b, out
}

// TestAPersonGoesOnWithAnOlderCopy: journal check tells what the account has beyond the copy; --accept goes on with it,
// and rows that may have been ordered since are held until a person releases them.
func TestAPersonGoesOnWithAnOlderCopy(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("a", 4))
	w.ok(5, "run", "a.csv", "--yes", "--rate", "100/s", "--limit", "2")
	if code, b, out := w.checkBooks(); code != 0 || !b.OK || b.Accepted {
		t.Errorf("of the newest: exit %d\n%s", code, out)
	}
	old := filepath.Join(t.TempDir(), "old.db")
	w.ok(0, "journal", "backup", old)
	if code, _, errs := w.call("journal", "backup", old); code != 1 || !strings.Contains(errs, "there already") {
		t.Errorf("a second backup of the same name: exit %d\n%s", code, errs)
	}
	w.ok(0, "resume", "--yes", "--rate", "100/s")
	must(t, os.Remove(filepath.Join(w.dir, "a.results.xlsx")))
	ledger := w.sandbox.Ledger()
	for _, end := range []string{"-wal", "-shm"} {
		os.Remove(w.journal() + end)
	}
	copyFile(t, old, w.journal())
	copyFile(t, old+".mark", w.journal()+".mark")
	code, b, out := w.checkBooks()
	if code != 1 || b.OK || !strings.Contains(out, ledger[2].ID) || !strings.Contains(out, ledger[3].ID) {
		t.Errorf("of a backup: exit %d\n%s", code, out)
	}
	if code, out, errs := w.call("resume", "--yes"); code != 1 || !strings.Contains(out+errs, "journal check") {
		t.Errorf("resume: exit %d\n%s%s", code, out, errs)
	}
	if code, out, _ := w.call("doctor"); code != 1 || !strings.Contains(out, "journal check") {
		t.Errorf("doctor: exit %d\n%s", code, out)
	}
	if code, _, errs := w.call("journal", "check", "--accept"); code != 2 || !strings.Contains(errs, "--yes") {
		t.Errorf("--accept without a terminal: exit %d\n%s", code, errs)
	}
	if code, b, out := w.checkBooks("--accept", "--yes"); code != 0 || !b.Accepted || b.Held != 2 {
		t.Errorf("--accept: exit %d\n%s", code, out)
	}
	if code, b, out := w.checkBooks(); code != 0 || !b.OK {
		t.Errorf("afterwards: exit %d\n%s", code, out)
	}
	w.ok(4, "resume", "--yes", "--rate", "100/s")
	w.ok(4, "run", "a.csv", "--yes", "--rate", "100/s")
	w.ordered(pages("a", 4)...)
	w.ok(0, "resume", "--yes", "--allow-repeat", "--rate", "100/s")
	if n := len(w.sandbox.Ledger()); n != 6 {
		t.Errorf("%d orders after a person released two rows of four, want 6", n)
	}
}

// TestNothingWasOrderedSinceTheCopy: journal check says so, and no row is held for it.
func TestNothingWasOrderedSinceTheCopy(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("a", 4))
	w.ok(5, "run", "a.csv", "--yes", "--rate", "100/s", "--limit", "2")
	must(t, os.Remove(w.journal()+".mark"))
	if code, b, out := w.checkBooks("--accept", "--yes"); code != 0 || !b.Accepted || b.Held != 0 {
		t.Errorf("exit %d\n%s", code, out)
	}
	w.ok(0, "resume", "--yes", "--rate", "100/s")
	w.ordered(pages("a", 4)...)
}

// TestOrdersThatAreFarApartAreNotAllAskedFor: where the ids of an account's orders are far apart, that none is above
// the known ones proves nothing; what waits is held, and the words say what was asked.
func TestOrdersThatAreFarApartAreNotAllAskedFor(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, RandomIDs: true})
	w.write("a.csv", followers("a", 5))
	w.ok(5, "run", "a.csv", "--yes", "--rate", "100/s", "--limit", "3")
	must(t, os.Remove(w.journal()+".mark"))
	code, b, out := w.checkBooks("--accept", "--yes")
	if code != 0 || !b.Accepted || b.Held != 2 || !strings.Contains(out, "ids apart") ||
		strings.Contains(out, "it shows no order above") {
		t.Errorf("exit %d\n%s", code, out)
	}
	w.ok(4, "resume", "--yes", "--rate", "100/s")
	w.ordered(pages("a", 3)...)
}

// TestAWorkbookTellsWhatTheCopyForgot: its rows are held, whatever the account tells.
func TestAWorkbookTellsWhatTheCopyForgot(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, RandomIDs: true})
	w.write("a.csv", followers("a", 3))
	w.write("b.csv", followers("b", 2))
	w.ok(0, "run", "a.csv", "--yes", "--rate", "100/s")
	old := filepath.Join(t.TempDir(), "old.db")
	w.ok(0, "journal", "backup", old)
	w.ok(0, "run", "b.csv", "--yes", "--rate", "100/s")
	for _, end := range []string{"-wal", "-shm"} {
		os.Remove(w.journal() + end)
	}
	copyFile(t, old, w.journal())
	code, _, out := w.checkBooks()
	if code != 1 || !strings.Contains(out, "b.results.xlsx") || !strings.Contains(out, w.sandbox.Ledger()[3].ID) {
		t.Errorf("exit %d\n%s", code, out)
	}
	w.checkBooks("--accept", "--yes")
	w.ok(4, "run", "b.csv", "--yes", "--rate", "100/s")
	w.ordered(append(pages("a", 3), pages("b", 2)...)...)
}
