package stories_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// putBack makes the state folder what it was when it was copied.
func (w *shop) putBack(copied string) {
	w.t.Helper()
	must(w.t, os.RemoveAll(w.state))
	must(w.t, os.CopyFS(w.state, os.DirFS(copied)))
}

// TestTheStateFolderIsPutBackFromACopy of the middle of a batch, with its mark: what was ordered since isn't ordered
// again, whether results tell of it or the account alone.
func TestTheStateFolderIsPutBackFromACopy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		verb    string
		out     string
		lost    bool // the results are
		old     bool // the results are put back too
		rows    string
		release []string
	}{
		"the results beside the sheet tell":  {verb: "resume", release: []string{"resume", "may", "--allow-repeat"}},
		"results elsewhere tell":             {verb: "resume", out: "r/x.xlsx", release: []string{"resume", "may", "--release", "5-9"}},
		"the account tells":                  {verb: "resume", lost: true, release: []string{"resume", "may", "--allow-repeat"}},
		"the results are as old":             {verb: "resume", old: true, release: []string{"resume", "may", "--release", "5-9"}},
		"results that are lines of text":     {verb: "resume", out: "x.csv"},
		"the account tells, the sheet again": {verb: "run", lost: true},
		"results beside, the sheet again":    {verb: "run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			w.write("old.csv", followers("old", 5))
			w.ok(0, "run", "old.csv", "--yes", "--rate", "100/s")
			w.write("may.csv", followers("page", 8))
			flags := []string{"--yes", "--rate", "100/s"}
			results := filepath.Join(w.dir, "may.results.xlsx")
			if c.out != "" {
				must(t, os.MkdirAll(filepath.Join(w.dir, "r"), 0o700))
				flags, results = append(flags, "--out", c.out), filepath.Join(w.dir, c.out)
			}
			w.call(append([]string{"run", "may.csv", "--batch", "may", "--limit", "3"}, flags...)...)
			copied := t.TempDir()
			must(t, os.CopyFS(copied, os.DirFS(w.state)))
			was, err := os.ReadFile(results)
			must(t, err)
			w.ok(0, append([]string{"resume", "may"}, flags...)...)
			all := append(pages("old", 5), pages("page", 8)...)
			w.ordered(all...)
			switch {
			case c.lost:
				must(t, os.Remove(results))
			case c.old:
				must(t, os.WriteFile(results, was, 0o600))
			}
			told, err := os.ReadFile(results)
			w.putBack(copied)
			again := []string{"resume", "may"}
			if c.verb == "run" {
				again = []string{"run", "may.csv", "--batch", "may"}
			}
			for range 2 { // and it stays so
				words := w.ok(4, append(again, flags[:3]...)...)
				w.ordered(all...)
				if !strings.Contains(words, "5 rows held") {
					t.Errorf("nothing tells that 5 rows are held:\n%s", words)
				}
			}
			if is, _ := os.ReadFile(results); err == nil && !c.old && c.verb == "resume" && string(is) != string(told) &&
				filepath.Ext(results) == ".xlsx" {
				t.Error("the results that tell of the orders were replaced")
			}
			if c.release == nil {
				return
			}
			w.ok(0, append(c.release, flags[:3]...)...) // a person's word orders them again
			if n := len(w.sandbox.Ledger()); n != 18 {
				t.Errorf("%d orders after a person's word, want 18", n)
			}
		})
	}
}

// TestWhatOthersOrderHoldsNothing: a batch that is gone on with is not held for orders that its rows can't be, nor
// where others are said to order.
func TestWhatOthersOrderHoldsNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quantity string
		shared   bool
		held     bool
	}{
		"of another price":                    {quantity: "700"},
		"of the same price, others are known": {quantity: "100", shared: true},
		"of the same price":                   {quantity: "100", held: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newShop(t, sandbox.Config{Speed: -1})
			said := ""
			if c.shared {
				said = "exclusive = false\n"
			}
			w.write("c.toml", "[panels.mine]\nurl = \""+w.url+"\"\n"+said)
			env := []string{"BULKORDER_URL=", "BULKORDER_PANEL=mine", "BULKORDER_KEY_MINE=" + key,
				"BULKORDER_CONFIG=" + filepath.Join(w.dir, "c.toml")}
			call := func(args ...string) (int, string, string) {
				return w.finish(w.with(env, append(args, "--yes", "--rate", "100/s")...))
			}
			w.write("may.csv", followers("page", 8))
			call("run", "may.csv", "--batch", "may", "--limit", "3")
			other := w.machine()
			other.write("hand.csv", "service,link,quantity\n1,"+page("hand", 1)+","+c.quantity+"\n")
			other.ok(0, "run", "hand.csv", "--yes", "--rate", "100/s")
			code, out, errs := call("resume", "may")
			if held := strings.Contains(out+errs, "rows held"); held != c.held || held != (code == 4) {
				t.Errorf("exit %d, held %t, want %t:\n%s%s", code, held, c.held, out, errs)
			}
		})
	}
}
