package stories_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestRefsMoved: Refs are mere numbers of the rows, and a row was put in at the top. Nothing is sent, until their
// column is called otherwise; then the new row alone is.
func TestRefsMoved(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	links := pages("page", 3)
	w.write("may.csv", refSheet(100, []string{"1", "2", "3"}, links))
	run := []string{"run", "may.csv", "--batch", "may", "--yes", "--rate", "100/s"}
	w.ok(0, run...)
	all := append([]string{page("fresh", 1)}, links...)
	moved := refSheet(100, []string{"1", "2", "3", "4"}, all)
	w.write("may.csv", moved)
	if code, out, errs := w.call(run...); code != 2 || !strings.Contains(out+errs, "stand beside other orders") {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	w.ordered(links...)
	w.write("may.csv", strings.Replace(moved, "ref", "No", 1))
	w.ok(0, run...)
	w.ordered(all...)
}

// TestRowsThatAnotherBatchSends yet are told apart from those that it ordered, and the command that is told sends them.
func TestRowsThatAnotherBatchSends(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("may.csv", followers("page", 6))
	_, first := w.result("run", "may.csv", "--yes", "--rate", "100/s", "--limit", "2")
	w.write("may.csv", followers("page", 6)+"1,"+page("bad", 1)+",1\n")
	code, out, errs := w.call("run", "may.csv", "--yes", "--rate", "100/s")
	for _, words := range []string{"4 rows held (rows 4-7): still to be sent by batch " + first.Batch,
		"2 rows held (rows 2-3): ordered before", "--release 2-3` sends all of them again", "`bulkorder resume " + first.Batch +
			"` sends them"} {
		if !strings.Contains(out+errs, words) {
			t.Errorf("exit %d, without %q:\n%s%s", code, words, out, errs)
		}
	}
	w.ok(0, "resume", first.Batch, "--yes", "--rate", "100/s")
	w.ordered(pages("page", 6)...)
}

// TestResultsDontReplaceTheirSheet, whoever writes them.
func TestResultsDontReplaceTheirSheet(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	text := followers("page", 1)
	w.write("may.csv", text)
	w.ok(2, "run", "may.csv", "--batch", "may", "--yes", "--out", "./may.csv")
	w.ok(0, "run", "may.csv", "--batch", "may", "--yes")
	w.ok(2, "report", "may", "--out", filepath.Join(w.dir, "may.csv"))
	is, err := os.ReadFile(filepath.Join(w.dir, "may.csv"))
	must(t, err)
	if string(is) != text {
		t.Errorf("the sheet is %q", is)
	}
	w.ordered(page("page", 1))
}
