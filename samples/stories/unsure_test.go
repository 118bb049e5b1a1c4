package stories_test

import (
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestARefusedRowWaitsWhileItMayHaveBeenOrdered: the fifth row is refused by a text though it was ordered, and another
// one of the same charge is in doubt. The words say to wait; no way to run the sheet, or what is to be corrected,
// orders the row again meanwhile. A person's word does.
func TestARefusedRowWaitsWhileItMayHaveBeenOrdered(t *testing.T) {
	t.Parallel()
	for name, again := range map[string]func(w *shop) []string{
		"a row was added": func(w *shop) []string {
			w.write("may.csv", followers("page", 8)+"1,"+page("new", 1)+",100\n")
			return []string{"run", "may.csv"}
		},
		"its quantity was corrected": func(w *shop) []string {
			w.write("may.csv", strings.Replace(followers("page", 8), page("page", 5)+",100", page("page", 5)+",110", 1))
			return []string{"run", "may.csv"}
		},
		"another name": func(*shop) []string { return []string{"run", "may.csv", "--batch", "june"} },
		"what is to be corrected": func(*shop) []string {
			return []string{"run", "may.results.xlsx", "--sheet", "To fix"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("old.csv", followers("old", 3))
			w.ok(0, "run", "old.csv", "--yes", "--rate", "100/s")
			w.spoil("add:error=Invalid link:after:n=5", "add:504:before:n=6")
			w.write("may.csv", followers("page", 8))
			words := w.ok(6, "run", "may.csv", "--yes", "--rate", "100/s", "--concurrency", "1")
			if !strings.Contains(words, "settle those before you order any of them again") {
				t.Fatalf("the words don't say to wait:\n%s", words)
			}
			w.spoil()
			args := append(again(w), "--yes", "--rate", "100/s")
			_, out, errs := w.call(args...)
			if n := w.counts()[page("page", 5)]; n != 1 {
				t.Errorf("%v: the row that was refused is ordered %d times:\n%s%s", args, n, out, errs)
			}
			if strings.Contains(name, "corrected") {
				return
			}
			if !strings.Contains(out+errs, "may have been ordered") && !strings.Contains(out+errs, "held") {
				t.Errorf("nothing tells that the row waits:\n%s%s", out, errs)
			}
			w.call(append(args, "--allow-repeat")...)
			if n := w.counts()[page("page", 5)]; n != 2 {
				t.Errorf("after a person's word it is ordered %d times, want twice", n)
			}
		})
	}
}

// TestARowInDoubtIsCorrectedInItsSheet and the sheet is run as usual, without a name, which makes another batch of it:
// the row waits, whichever of its values was changed, and a new one leaves.
func TestARowInDoubtIsCorrectedInItsSheet(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"its quantity": "1," + page("page", 2) + ",110\n",
		"its service":  "102," + page("page", 2) + ",100\n",
		"nothing":      "1," + page("page", 2) + ",100\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.spoil("add:504:after:n=2")
			w.write("may.csv", followers("page", 3))
			w.ok(6, "run", "may.csv", "--yes", "--rate", "100/s", "--concurrency", "1")
			w.spoil()
			rest := "1," + page("page", 3) + ",100\n1," + page("new", 1) + ",100\n"
			w.write("may.csv", "service,link,quantity\n1,"+page("page", 1)+",100\n"+line+rest)
			_, out, errs := w.call("run", "may.csv", "--yes", "--rate", "100/s")
			counts := w.counts()
			if counts[page("page", 2)] != 1 || counts[page("new", 1)] != 1 {
				t.Errorf("the row is ordered %d times, the new one %d times:\n%s%s", counts[page("page", 2)],
					counts[page("new", 1)], out, errs)
			}
		})
	}
}
