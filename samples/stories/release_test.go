package stories_test

import (
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestHeldRowsAreReleasedOneByOne: a word about a row sends that row, and no other that is held.
func TestHeldRowsAreReleasedOneByOne(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	link := page("page", 1)
	w.write("a.csv", refSheet(100, nil, []string{link, link, link, page("page", 2)}))
	code, a := w.result("run", "a.csv", "--yes", "--rate", "100/s")
	if code != 4 || a.Rows.Placed != 2 || a.Rows.Held != 2 {
		t.Fatalf("exit %d, %+v", code, a.Rows)
	}
	if a.Next != "bulkorder show "+a.Batch+" --state held" {
		t.Errorf("next: %s", a.Next)
	}
	for _, rows := range []string{"2", "3,9", "5", "x"} { // placed, and no row at all
		if code, _, errs := w.call("resume", a.Batch, "--yes", "--release", rows); code != 2 {
			t.Errorf("--release %s: exit %d, %s", rows, code, errs)
		}
	}
	if n := w.counts()[link]; n != 1 {
		t.Fatalf("%d orders before any word", n)
	}
	if code, a = w.result("resume", a.Batch, "--yes", "--release", "4"); code != 4 || a.Rows.Placed != 3 {
		t.Errorf("exit %d, %+v", code, a.Rows)
	}
	if code, a = w.result("resume", a.Batch, "--yes"); code != 4 || a.Rows.Held != 1 || w.counts()[link] != 2 {
		t.Errorf("without a word: exit %d, %+v, %d orders", code, a.Rows, w.counts()[link])
	}
	if code, a = w.result("resume", a.Batch, "--yes", "--release", "3"); code != 0 || w.counts()[link] != 3 {
		t.Errorf("exit %d, %+v, %d orders", code, a.Rows, w.counts()[link])
	}
}

// TestAPriceIsNotApprovedByARow: prices are approved by service, so a row that is dearer has no release of its own.
func TestAPriceIsNotApprovedByARow(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("page", 3))
	_, a := w.result("run", "a.csv", "--yes", "--rate", "100/s", "--limit", "1")
	w.costs("1.8", true)
	w.call("resume", a.Batch, "--yes", "--rate", "100/s")
	code, _, errs := w.call("resume", a.Batch, "--yes", "--release", "3")
	if code != 2 || !strings.Contains(errs, "--accept-price") || len(w.counts()) != 1 {
		t.Errorf("exit %d, %d orders: %s", code, len(w.counts()), errs)
	}
}

// TestARepeatIsReleasedAsItWasShown: the word about a row covers what was ordered then, and nothing later.
func TestARepeatIsReleasedAsItWasShown(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	link := page("page", 1)
	w.write("a.csv", refSheet(100, nil, []string{link}))
	w.ok(0, "run", "a.csv", "--yes")
	w.write("b.csv", refSheet(100, nil, []string{page("page", 2), link}))
	code, b := w.result("run", "b.csv", "--yes", "--rate", "100/s")
	if code != 4 || b.Rows.Held != 1 {
		t.Fatalf("exit %d, %+v", code, b.Rows)
	}
	code, out, _ := w.call("check", "b.csv")
	if code != 0 || !strings.Contains(out, "--allow-repeat sends it again") ||
		!strings.Contains(out, "bulkorder resume "+b.Batch+" --release 3") {
		t.Errorf("exit %d: %s", code, out)
	}
	if code, b = w.result("resume", b.Batch, "--yes", "--release", "3"); code != 0 || w.counts()[link] != 2 {
		t.Errorf("exit %d, %+v", code, b.Rows)
	}
	w.ok(0, "resume", b.Batch, "--yes")
	if w.counts()[link] != 2 {
		t.Error("it was sent once more")
	}
}

// TestAReleaseThatIsKilledReleasesNothingElse: at each moment of the request, the row is sent once at most, and rows
// that are still held stay so.
func TestAReleaseThatIsKilledReleasesNothingElse(t *testing.T) {
	t.Parallel()
	for _, moment := range []string{"came", "done"} {
		k := &killer{}
		w := newShop(t, sandbox.Config{Speed: -1, Watch: k.watch})
		link := page("page", 1)
		w.write("a.csv", refSheet(100, nil, []string{link, link, link, link}))
		_, a := w.result("run", "a.csv", "--yes")
		cmd := w.command("resume", a.Batch, "--yes", "--release", "4")
		k.mu.Lock()
		must(t, cmd.Start())
		k.process, k.action, k.moment, k.left = cmd.Process, "add", moment, 1
		k.mu.Unlock()
		_ = cmd.Wait()
		for range 2 {
			if code, a := w.result("resume", a.Batch, "--yes"); code != 6 || a.Rows.Held != 2 || a.Rows.InDoubt != 1 {
				t.Errorf("%s: exit %d, %+v", moment, code, a.Rows)
			}
		}
		if n := w.counts()[link]; n > 2 {
			t.Errorf("%s: %d orders by one order and one word", moment, n)
		}
	}
}
