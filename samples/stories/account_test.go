package stories_test

import (
	"bulkorder/samples/sandbox"
	"strings"
	"testing"
)

// TestTheKeyThatAnAccountTookGoesOnBeingIts: what was accepted at an address is for that address.
func TestTheKeyThatAnAccountTookGoesOnBeingIts(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
	w, other := newShop(t, sandbox.Config{Speed: -1}), newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", followers("page", 3))
	w.ok(5, "run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "1")
	for _, args := range [][]string{{"resume", "--yes", "--rate", "100/s"}, {"refresh"}, {"settle"},
		{"refill", "--all", "--yes"}} {
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

// TestTheEnvironmentsKeyStaysHere: a batch on another host is gone on with only by a key that was named for it.
func TestTheEnvironmentsKeyStaysHere(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"resume", "BATCH", "--yes", "--rate", "100/s"},
		{"refresh", "BATCH"},
		{"refresh", "--all"},
		{"refill", "BATCH", "--all", "--yes"},
		{"cancel", "BATCH", "--all", "--yes"},
		{"settle", "BATCH"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			elsewhere, err := sandbox.New(sandbox.Config{Speed: -1, Key: "elsewheres-own-key", FirstID: 700001})
			must(t, err)
			address := serve(t, elsewhere)
			w.write("orders.csv", followers("page", 3))
			there := []string{"BULKORDER_URL=" + address, "BULKORDER_KEY=elsewheres-own-key"}
			if code, out, errs := w.finish(w.with(there, "run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "2",
				"--batch", "there")); code != 5 {
				t.Fatalf("exit %d:\n%s%s", code, out, errs)
			}
			before := len(elsewhere.Requests())
			for i := range args {
				if args[i] == "BATCH" {
					args[i] = "there"
				}
			}
			code, out, errs := w.call(args...)
			if requests := elsewhere.Requests()[before:]; len(requests) > 0 {
				t.Errorf("%d requests went to the other host, the first %s, with the environment's key", len(requests),
					requests[0].Action)
			}
			if args[0] == "settle" { // nothing is in doubt: it needs no key
				return
			}
			if code == 0 {
				t.Errorf("exit 0:\n%s%s", out, errs)
			}
			if !strings.Contains(out+errs, "BULKORDER_KEY_") && !strings.Contains(out+errs, "key_file") {
				t.Errorf("nothing says how to name a key for that panel:\n%s%s", out, errs)
			}
		})
	}
}
