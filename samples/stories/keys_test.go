package stories_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bulkorder/samples/sandbox"
)

// doors is one address of a panel with several accounts: a key opens the account that it is of.
type doors struct {
	mu    sync.Mutex
	of    map[string]*sandbox.Sandbox
	loose *sandbox.Sandbox // tells of its orders whoever asks; nil: the panel looks whose they are
}

// renew gives an account another key, as a person does on the panel's page.
func (d *doors) renew(was, is string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.of[is] = d.of[was]
	delete(d.of, was)
}

func (d *doors) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	form, _ := url.ParseQuery(string(body))
	d.mu.Lock()
	account := d.of[form.Get("key")]
	d.mu.Unlock()
	if form.Get("action") == "status" && d.loose != nil {
		account = d.loose
	}
	if account == nil {
		io.WriteString(w, `{"error":"Invalid API key"}`)
		return
	}
	form.Set("key", key) // each sandbox is of one account
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(form.Encode())), int64(len(form.Encode()))
	account.ServeHTTP(w, r)
}

// twoAccounts is a person with two accounts at one panel, called first and second. The second one's ids lie elsewhere.
func twoAccounts(
	t *testing.T,
	more string,
) (first, second *shop, panel *doors, run func(code int, args ...string) string) {
	t.Helper()
	first = newShop(t, sandbox.Config{Speed: -1})
	second = newShop(t, sandbox.Config{Speed: -1, FirstID: 700001})
	panel = &doors{
		of: map[string]*sandbox.Sandbox{"first-accounts-key": first.sandbox, "second-accounts-key": second.sandbox},
	}
	server := httptest.NewServer(panel)
	t.Cleanup(server.Close)
	config := filepath.Join(first.dir, "config.toml")
	write := func(more string) {
		must(t, os.WriteFile(config, []byte("[panels.first]\nurl = \""+server.URL+"\"\n[panels.second]\nurl = \""+
			server.URL+"\"\n"+more), 0o600))
	}
	write(more)
	keys := []string{"BULKORDER_URL=", "BULKORDER_KEY=", "BULKORDER_KEY_FIRST=first-accounts-key",
		"BULKORDER_KEY_SECOND=second-accounts-key"}
	run = func(code int, args ...string) string {
		t.Helper()
		switch args[0] {
		case "config":
			write(args[1])
			return ""
		case "key":
			keys = append(keys, args[1])
			return ""
		}
		got, out, errs := first.finish(first.with(keys, append(args, "--config", config)...))
		if got != code {
			t.Errorf("%v: exit %d, want %d\n%s%s", args, got, code, out, errs)
		}
		return out + errs
	}
	return first, second, panel, run
}

// TestARenewedKeyOfAnAccountOfItsOwn: account = "other" tells it from the first one, and not from itself under its next
// key.
func TestARenewedKeyOfAnAccountOfItsOwn(t *testing.T) {
	t.Parallel()
	first, second, panel, run := twoAccounts(t, "account = \"other\"\n")
	first.write("a.csv", followers("a", 1))
	first.write("x.csv", followers("x", 1))
	run(0, "run", "a.csv", "--panel", "first", "--yes")
	run(0, "run", "x.csv", "--panel", "second", "--yes")
	panel.renew("second-accounts-key", "second-accounts-next-key")
	run(0, "key", "BULKORDER_KEY_SECOND=second-accounts-next-key")
	run(0, "run", "x.csv", "--panel", "second", "--yes")
	second.ordered(page("x", 1))
	run(0, "run", "x.csv", "--panel", "first", "--yes") // another account: it may have the same
	first.ordered(page("a", 1), page("x", 1))
	second.ordered(page("x", 1))
}

// TestAPanelThatShowsAnyOrderToAnyKey: two accounts are taken for one, nothing is ordered, and a word that comes too
// late isn't passed over in silence.
func TestAPanelThatShowsAnyOrderToAnyKey(t *testing.T) {
	t.Parallel()
	first, second, panel, run := twoAccounts(t, "")
	panel.loose = first.sandbox
	first.write("x.csv", followers("x", 1))
	run(0, "run", "x.csv", "--panel", "first", "--yes")
	run(0, "run", "x.csv", "--panel", "second", "--yes") // its order is there already, as far as anybody can tell
	first.ordered(page("x", 1))
	second.ordered()
	run(0, "config", "account = \"other\"\n")
	words := run(2, "run", "x.csv", "--panel", "second", "--yes")
	if !strings.Contains(words, `account = "other"`) || !strings.Contains(words, "first") {
		t.Errorf("the word is passed over:\n%s", words)
	}
	second.ordered()
}

// TestAPanelThatTellsNothingOfOrders: its calls for statuses never end. The run ends all the same, and says what it
// couldn't look at.
func TestAPanelThatTellsNothingOfOrders(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "status:stall=1h")
	w.write("orders.csv", followers("page", 40))
	code, out, errs := w.call("run", "orders.csv", "--yes", "--rate", "50/s", "--timeout", "1s")
	if n := len(w.sandbox.Ledger()); code != 0 && code != 5 || code == 0 && n != 40 {
		t.Errorf("exit %d with %d orders:\n%s%s", code, n, out, errs)
	}
	if !strings.Contains(out+errs, "could be asked") && !strings.Contains(out+errs, "can't be looked at") {
		t.Errorf("nothing says that the orders weren't looked at:\n%s%s", out, errs)
	}
}

// TestACheckOnBooksThatAreBehind says that nothing can be sent from them.
func TestACheckOnBooksThatAreBehind(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("a", 2))
	w.write("b.csv", followers("b", 2))
	w.ok(0, "run", "a.csv", "--yes", "--rate", "100/s")
	copied := filepath.Join(t.TempDir(), "journal.db")
	w.copyJournal(copied)
	w.ok(0, "run", "b.csv", "--yes", "--rate", "100/s")
	w.restore(copied)
	words := w.ok(0, "check", "b.csv")
	if !strings.Contains(words, "journal check") {
		t.Errorf("check doesn't say that the books are behind:\n%s", words)
	}
}

// TestABatchStaysOnItsAccount: with the key of another account, known or not, nothing of it leaves, and with its own
// key again it goes on.
func TestABatchStaysOnItsAccount(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		more  string
		known bool // the other account is in the books
	}{
		"an account that the books know": {"", true},
		"one that is said to be another": {"account = \"other\"\n", true},
		"one that they don't know":       {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second, _, run := twoAccounts(t, c.more)
			first.write("may.csv", followers("page", 6))
			var theirs []string
			if c.known {
				first.write("x.csv", followers("x", 1))
				run(0, "run", "x.csv", "--panel", "second", "--yes")
				theirs = pages("x", 1)
			}
			run(5, "run", "may.csv", "--batch", "may", "--panel", "first", "--yes", "--limit", "2")
			run(0, "key", "BULKORDER_KEY_FIRST=second-accounts-key")
			for _, args := range [][]string{{"resume", "may"}, {"run", "may.csv", "--batch", "may", "--panel", "first"}} {
				if words := run(2, append(args, "--yes")...); !strings.Contains(words, "nothing was sent") {
					t.Errorf("%v: nothing says why:\n%s", args, words)
				}
			}
			second.ordered(theirs...)
			run(0, "key", "BULKORDER_KEY_FIRST=first-accounts-key")
			run(0, "resume", "may", "--yes")
			first.ordered(pages("page", 6)...)
			second.ordered(theirs...)
		})
	}
}

// TestAPanelMovesUnderAnotherKey: address and key of a name are others now, both at once. Whether it is the same
// account nobody can tell: what is ordered under that name waits, unless a person says that it is another.
func TestAPanelMovesUnderAnotherKey(t *testing.T) {
	t.Parallel()
	first, second, panel, run := twoAccounts(t, "")
	first.write("may.csv", followers("page", 3))
	run(0, "run", "may.csv", "--batch", "may", "--panel", "first", "--yes")
	moved := httptest.NewServer(panel)
	t.Cleanup(moved.Close)
	config := func(more string) {
		must(t, os.WriteFile(filepath.Join(first.dir, "config.toml"), []byte("[panels.first]\nurl = \""+moved.URL+"\"\n"+more),
			0o600))
	}
	config("")
	run(0, "key", "BULKORDER_KEY_FIRST=second-accounts-key")
	run(4, "run", "may.csv", "--panel", "first", "--yes")
	run(2, "run", "may.csv", "--batch", "may", "--panel", "first", "--yes")
	second.ordered()
	config("account = \"other\"\n")
	run(0, "run", "may.csv", "--panel", "first", "--yes")
	second.ordered(pages("page", 3)...)
	first.ordered(pages("page", 3)...)
}
