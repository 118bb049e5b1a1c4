package stories_test

import (
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestAPersonPausesAnAccount: a run in another terminal ends with 5, nothing more is ordered by anybody, and what the
// words say lets it go on.
func TestAPersonPausesAnAccount(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	name := strings.TrimSuffix(strings.TrimPrefix(w.url, "http://"), "/api/v2")
	w.write("a.csv", followers("page", 40))
	w.wrong([]string{"pause", "nowhere"}, "nothing was ordered yet on a panel of that name")
	run := w.background("run", "a.csv", "--yes", "--rate", "20/s")
	until(t, "the first orders", func() bool { return len(w.sandbox.Ledger()) >= 3 })
	w.ok(0, "pause", name)
	if code := run.exit(); code != 5 || !strings.Contains(run.words.String(), "Next: bulkorder go-on "+name) {
		t.Errorf("exit %d: %s", code, run.words.String())
	}
	placed := len(w.sandbox.Ledger())
	code, out, errs := w.call("resume", "--yes", "--rate", "100/s")
	if code != 5 || len(w.sandbox.Ledger()) != placed || !strings.Contains(out+errs, "paused "+name) {
		t.Errorf("exit %d, %d orders after %d: %s%s", code, len(w.sandbox.Ledger()), placed, out, errs)
	}
	w.ok(0, "refresh")
	if words := w.ok(0, "go-on", name); !strings.Contains(words, name+" goes on") {
		t.Errorf("it says %s", words)
	}
	if code, a := w.result("resume", "--yes", "--rate", "100/s"); code != 0 || a.Rows.Placed != 40 {
		t.Errorf("exit %d, %+v", code, a.Rows)
	}
	for link, n := range w.counts() {
		if n != 1 {
			t.Errorf("%s was ordered %d times", link, n)
		}
	}
}
