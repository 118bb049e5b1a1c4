package stories_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
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

// TestAnOrderOfAnotherNameIsNoRowsOfThisOne: two addresses of one account are both used for the first time, and an order
// of the one lies where that of a row in doubt of the other must lie.
func TestAnOrderOfAnotherNameIsNoRowsOfThisOne(t *testing.T) {
	t.Parallel()
	for name, said := range map[string]string{"exclusive": "exclusive = true\n", "not said": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1}, "add:closed:before:n=8")
			local := strings.Replace(w.url, "127.0.0.1", "localhost", 1)
			w.write("config.toml", "[panels.p]\nurl = \""+w.url+"\"\n"+said+"[panels.q]\nurl = \""+local+"\"\n"+said)
			env := []string{"BULKORDER_URL=", "BULKORDER_CONFIG=config.toml", "BULKORDER_AFTER=2s", "BULKORDER_CONCURRENCY=1",
				"BULKORDER_RATE=100/s", "BULKORDER_KEY=", "BULKORDER_KEY_P=" + key, "BULKORDER_KEY_Q=" + key}
			w.write("b.csv", followers("b", 7))
			w.write("a.csv", followers("a", 2))
			does := func(args ...string) string {
				_, out, errs := w.finish(w.with(env, args...))
				return out + errs
			}
			a := w.runs(w.with(env, "run", "a.csv", "--panel", "p", "--batch", "a", "--yes", "--rate", "60/m"))
			until(t, "the first order of the one", func() bool { return len(w.sandbox.Ledger()) > 0 })
			does("run", "b.csv", "--panel", "q", "--batch", "b", "--yes")
			a.exit()
			time.Sleep(2 * time.Second)
			for range 2 {
				if words := does("settle", "b"); strings.Contains(words, "placed            7") || strings.Contains(words, "--placed 2") {
					t.Errorf("%q: a row that wasn't ordered is given another's order:\n%s", said, words)
				}
			}
			w.onceEach(8)
		})
	}
}

// TestWhatLeavesTheBalanceBesideIsTold, where no row is in doubt too, and no more than that: it is an alarm where nobody
// else is said to order on the account.
func TestWhatLeavesTheBalanceBesideIsTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		byHand, alone bool
	}{{false, false}, {true, false}, {false, true}, {true, true}} {
		byHand, want := c.byHand, 0
		w := newShop(t, sandbox.Config{Speed: -1})
		said := ""
		if c.alone {
			said = "exclusive = true\n"
		}
		if c.alone && byHand {
			want = 6
		}
		w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\n"+said)
		w.write("orders.csv", followers("page", 30))
		r := w.background("run", "orders.csv", "--panel", "mine", "--config", "config.toml", "--yes", "--rate", "30/s")
		until(t, "the first orders", func() bool { return len(w.sandbox.Ledger()) > 12 })
		if byHand {
			answer, err := http.PostForm(w.url, url.Values{"key": {key}, "action": {"add"}, "service": {"1"},
				"link": {"https://example.com/hand"}, "quantity": {"5000"}})
			must(t, err)
			must(t, answer.Body.Close())
		}
		if code := r.exit(); code != want || strings.Contains(r.words.String(), "Alarm:") != (want == 6) {
			t.Errorf("exit %d, want %d:\n%s", code, want, r.words.String())
		}
		told := strings.Contains(r.words.String(), "left the balance of")
		if told != byHand || byHand && !strings.Contains(r.words.String(), "at least 4.4") {
			t.Errorf("an order by hand beside: %v\n%s", byHand, r.words.String())
		}
	}
}

// TestDoubtsOfAnotherNameAreNoUnknownOrders: rows in doubt under one name of an account are ordered late, and a batch
// under another name of what isn't shown to be the same account goes on.
func TestDoubtsOfAnotherNameAreNoUnknownOrders(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:late=4s:n=1-3")
	local := strings.Replace(w.url, "127.0.0.1", "localhost", 1)
	w.write("config.toml", "[panels.p]\nurl = \""+w.url+"\"\n[panels.q]\nurl = \""+local+"\"\n")
	env := []string{"BULKORDER_URL=", "BULKORDER_CONFIG=config.toml", "BULKORDER_RATE=100/s", "BULKORDER_KEY=",
		"BULKORDER_KEY_P=" + key, "BULKORDER_KEY_Q=" + key}
	does := func(want int, args ...string) {
		t.Helper()
		if code, out, errs := w.finish(w.with(env, args...)); code != want {
			t.Fatalf("%v: exit %d, want %d:\n%s%s", args, code, want, out, errs)
		}
	}
	w.write("a.csv", followers("a", 3))
	w.write("b.csv", followers("b", 8))
	does(6, "run", "a.csv", "--panel", "p", "--batch", "a", "--yes")
	does(5, "run", "b.csv", "--panel", "q", "--batch", "b", "--yes", "--limit", "3")
	until(t, "the late orders", func() bool { return len(w.sandbox.Ledger()) == 6 })
	does(0, "resume", "b", "--yes")
	w.ordered(append(pages("a", 3), pages("b", 8)...)...)
}
