package stories_test

import (
	"bulkorder/samples/sandbox"
	"testing"
)

// TestTheKeyThatAnAccountTookGoesOnBeingIts: what was accepted at an address is for that address.
func TestTheKeyThatAnAccountTookGoesOnBeingIts(t *testing.T) {
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 3))
	w.ok(5, "run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "1")
	code, out, errs := w.finish(w.with([]string{"BULKORDER_URL="}, "resume", "--yes", "--rate", "100/s"))
	if code != 0 {
		t.Errorf("exit %d:\n%s%s", code, out, errs)
	}
	w.ordered(pages("page", 3)...)
}

// TestTheEnvironmentsAddressMovesNoBatch: a resumed batch stays where it is, whatever BULKORDER_URL says by now.
func TestTheEnvironmentsAddressMovesNoBatch(t *testing.T) {
	w, other := newShop(t, sandbox.Config{Speed: -1}), newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 3))
	w.ok(5, "run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "1")
	for _, args := range [][]string{{"resume", "--yes", "--rate", "100/s"}, {"refresh"}, {"settle"}, {"refill", "--all", "--yes"}} {
		if args[0] == "settle" || args[0] == "refill" {
			_, r := w.result("show")
			args = append([]string{args[0], r.Batch}, args[1:]...)
		}
		w.finish(w.with([]string{"BULKORDER_URL=" + other.url}, args...))
	}
	w.ordered(pages("page", 3)...)
	if n := len(other.sandbox.Requests()); n > 0 {
		t.Errorf("%d requests went to the environment's address", n)
	}
}

// TestARateThatTheOtherRunLearnedHoldsForThisOne: a panel that said "too many" to one process isn't pressed by another.
func TestARateThatTheOtherRunLearnedHoldsForThisOne(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, Rate: 90})
	w.write("a.csv", followers("a", 40))
	w.write("b.csv", followers("b", 40))
	a := w.background("run", "a.csv", "--yes", "--rate", "20/s", "--concurrency", "4")
	b := w.background("run", "b.csv", "--yes", "--rate", "20/s", "--concurrency", "4")
	if x, y := a.exit(), b.exit(); x != 0 || y != 0 {
		t.Errorf("exits %d and %d:\n%s%s", x, y, a.words.String(), b.words.String())
	}
	refused := 0
	for _, r := range w.sandbox.Requests() {
		if r.Refusal == "Too many requests" {
			refused++
		}
	}
	if refused > 20 {
		t.Errorf("the panel said %d times that it is asked too often", refused)
	}
	w.ordered(append(pages("a", 40), pages("b", 40)...)...)
}
