//go:build unix

package stories_test

import (
	"os"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestNoOrderWasFoundForTheLastRequestAndTheFirstHadMadeOne: the panel took an order and said that it is asked too
// often; the row was sent again later, and that request was lost. Nothing leads to a third.
func TestNoOrderWasFoundForTheLastRequestAndTheFirstHadMadeOne(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:error=Rate limit exceeded:after:n=3")
	w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\nexclusive = true\n")
	for _, name := range []string{"a", "b", "c"} {
		w.write(name+".csv", followers(name, 3))
	}
	flags := []string{"--panel", "mine", "--config", "config.toml", "--rate", "100/s", "--after", "1ms"}
	call := func(args ...string) string {
		_, out, errs := w.finish(w.with([]string{"BULKORDER_URL="}, append(args, flags...)...))
		return out + errs
	}
	first := w.background(
		append([]string{"run", "a.csv", "--batch", "a", "--yes", "--concurrency", "1", "--url", w.url},
			flags[4:]...)...)
	until(t, "three orders", func() bool { return len(w.sandbox.Ledger()) == 3 })
	must(t, first.Process.Signal(os.Interrupt))
	if code := first.exit(); code != 130 {
		t.Fatalf("exit %d:\n%s", code, first.words.String())
	}
	call("run", "b.csv", "--batch", "b", "--yes")
	w.spoil("add:closed:before")
	call("resume", "a", "--yes")
	must(t, w.sandbox.SetFaults(nil))
	call("run", "c.csv", "--batch", "c", "--yes")
	if words := call("settle", "a"); !strings.Contains(words, "row 4: in doubt") ||
		strings.Contains(words, "--not-placed --reason") {
		t.Errorf("%s", words)
	}
	words := call("settle", "a", "--row", "4", "--not-placed", "--reason", "looked")
	if !strings.Contains(words, "23503") {
		t.Errorf("it doesn't name the order that is there:\n%s", words)
	}
	call("resume", "a", "--yes")
	w.ordered(append(append(pages("a", 3), pages("b", 3)...), pages("c", 3)...)...)
}

// TestARefusedRowThatWasOrderedWhileAnotherBatchSent: its batch ends while the other's request is under way, so the
// balance can't tell then. It tells when the other one ends, or goes on after it was killed.
func TestARefusedRowThatWasOrderedWhileAnotherBatchSent(t *testing.T) {
	t.Parallel()
	for _, kill := range []bool{false, true} {
		t.Run(map[bool]string{false: "ended", true: "killed"}[kill], func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("config.toml", "[panels.mine]\nurl = \""+w.url+"\"\nexclusive = true\n")
			for _, name := range []string{"old", "a", "b"} {
				w.write(name+".csv", followers(name, 3))
			}
			flags := []string{"--panel", "mine", "--config", "config.toml", "--rate", "100/s", "--after", "1ms"}
			call := func(args ...string) string {
				_, out, errs := w.finish(w.with([]string{"BULKORDER_URL="}, append(args, flags...)...))
				return out + errs
			}
			call("run", "old.csv", "--batch", "old", "--yes")
			w.spoil("add:slow=4s:after:n=1", "add:error=Invalid link:after:n=2")
			b := w.background(append([]string{"run", "b.csv", "--batch", "b", "--yes", "--concurrency", "1", "--url", w.url},
				flags[4:]...)...)
			until(t, "the other batch's order", func() bool { return len(w.sandbox.Ledger()) == 4 })
			words := call("run", "a.csv", "--batch", "a", "--yes", "--concurrency", "1")
			if !strings.Contains(words, "refused") || !strings.Contains(words, "can't tell now") {
				t.Errorf("it doesn't say that the balance can't tell:\n%s", words)
			}
			if kill {
				must(t, b.Process.Kill())
				b.exit()
				words = call("resume", "b", "--yes")
			} else {
				b.exit()
				words = b.words.String()
			}
			if !strings.Contains(words, "bulkorder settle a") {
				t.Errorf("it says nothing of the other batch's row:\n%s", words)
			}
			id := w.sandbox.Ledger()[4].ID
			if words := call("settle", "a"); !strings.Contains(words, id) || strings.Contains(words, "To fix") {
				t.Errorf("it doesn't name order %s:\n%s", id, words)
			}
		})
	}
}
