//go:build unix

package stories_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestResultsThatTellOfUnknownOrdersAreNotReplaced: they alone tell of them, to a third machine too. A person's word
// orders the rows again.
func TestResultsThatTellOfUnknownOrdersAreNotReplaced(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 2))
	w.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s")
	first := filepath.Join(w.dir, "orders.results.xlsx")
	was, err := os.ReadFile(first)
	must(t, err)
	second, third := w.machine(), w.machine()
	second.dir, third.dir = w.dir, w.dir
	words := second.ok(4, "run", "orders.csv", "--yes", "--rate", "100/s")
	if !strings.Contains(words, "orders.results (2).xlsx") {
		t.Errorf("the second machine's results are elsewhere:\n%s", words)
	}
	is, err := os.ReadFile(first)
	must(t, err)
	if string(is) != string(was) {
		t.Error("the first machine's results were replaced")
	}
	third.ok(4, "run", "orders.csv", "--yes", "--rate", "100/s")
	if words := third.ok(0, "show", "--state", "held"); !strings.Contains(words,
		"according to orders.results.xlsx, row 2") {
		t.Errorf("nothing tells why rows are held:\n%s", words)
	}
	w.ordered(pages("page", 2)...)
	must(t, os.Remove(first)) // what was held stays so
	second.ok(4, "run", "orders.csv", "--yes", "--rate", "100/s")
	w.ordered(pages("page", 2)...)
	second.ok(0, "resume", "--allow-repeat", "--yes", "--rate", "100/s")
	for link, n := range w.counts() {
		if n != 2 {
			t.Errorf("%s is ordered %d times, want twice", link, n)
		}
	}
}

// TestAResultsWorkbookThatCannotBeReadIsNoError: it is told, and the rows are ordered.
func TestAResultsWorkbookThatCannotBeReadIsNoError(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 2))
	w.write("orders.results.xlsx", "no workbook")
	must(t, os.Mkdir(filepath.Join(w.dir, "orders.results-of-may.xlsx"), 0o700))
	words := w.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s")
	for _, name := range []string{"orders.results.xlsx", "orders.results-of-may.xlsx"} {
		if !strings.Contains(words, name+" could not be read") {
			t.Errorf("nothing tells that %s wasn't read:\n%s", name, words)
		}
	}
	w.ordered(pages("page", 2)...)
}
