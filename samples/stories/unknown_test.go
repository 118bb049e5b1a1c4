package stories_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// forgetful is a panel that answers orders with ids of its choice, and knows some of them later.
type forgetful struct {
	answers func(n int) string // to the n-th order, from 1 on, as JSON
	makes   func(n int) bool   // the order is made
	free    bool               // nothing is charged
	knows   func(n int, age time.Duration) bool

	mu     sync.Mutex
	asked  int                  // orders
	calls  int                  // about statuses
	made   map[string]time.Time // by id
	number map[string]int
}

const firstForgotten = 5000 // the id of its first order, less one

func (p *forgetful) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	answer := func(v any) { _ = json.NewEncoder(w).Encode(v) }
	switch r.FormValue("action") {
	case "services":
		answer([]map[string]any{{"service": 1, "name": "Followers", "type": "Default", "category": "x", "rate": "1.00",
			"min": 10, "max": 10000, "refill": true, "cancel": true}})
	case "balance":
		fell := 0.1 * float64(len(p.made))
		if p.free {
			fell = 0
		}
		answer(map[string]string{"balance": strconv.FormatFloat(100-fell, 'f', 2, 64), "currency": "USD"})
	case "add":
		p.asked++
		if p.makes(p.asked) {
			id := strconv.Itoa(firstForgotten + p.asked)
			p.made[id], p.number[id] = time.Now(), p.asked
		}
		_, _ = fmt.Fprint(w, p.answers(p.asked))
	case "status":
		p.calls++
		told := map[string]any{}
		for id := range strings.SplitSeq(r.FormValue("orders")+r.FormValue("order"), ",") {
			told[id] = map[string]string{"error": "Incorrect order ID"}
			if at, is := p.made[id]; is && p.knows(p.number[id], time.Since(at)) {
				told[id] = map[string]string{"charge": "0.1", "start_count": "0", "status": "Pending", "remains": "100",
					"currency": "USD"}
			}
		}
		if one := told[r.FormValue("order")]; one != nil {
			answer(one)
		} else {
			answer(told)
		}
	}
}

// TestOrdersThatThePanelDoesntKnow once they are placed: those that it shows late are placed, those that it doesn't
// show are in doubt, and where it shows none of many for which it was paid, its word about orders is worth nothing.
func TestOrdersThatThePanelDoesntKnow(t *testing.T) {
	t.Parallel()
	right := func(n int) string { return fmt.Sprintf(`{"order":%d}`, firstForgotten+n) }
	but := func(n int, text string) func(int) string {
		return func(i int) string {
			if i == n {
				return text
			}
			return right(i)
		}
	}
	always := func(int) bool { return true }
	known := func(int, time.Duration) bool { return true }
	never := func(int, time.Duration) bool { return false }
	for name, c := range map[string]struct {
		rows    int
		panel   *forgetful
		exit    int
		doubted []string // orders that are named for rows in doubt
		told    string
	}{
		"all are known": {rows: 5, panel: &forgetful{answers: right, makes: always, knows: known}},
		"some are known after a while": {rows: 5, panel: &forgetful{answers: right, makes: always,
			knows: func(n int, age time.Duration) bool { return n < 4 || age > 400*time.Millisecond }}},
		"all are known after a while": {rows: 15, panel: &forgetful{answers: right, makes: always,
			knows: func(_ int, age time.Duration) bool { return age > 400*time.Millisecond }}},
		"the only one, under another id": {rows: 1, exit: 6, doubted: []string{"1"},
			panel: &forgetful{answers: but(1, `{"order":1,"message":"ok"}`), makes: always, knows: known}},
		"one of several, that wasn't made": {rows: 5, exit: 6, doubted: []string{"5999"}, panel: &forgetful{knows: known,
			answers: but(4, `{"order":5999}`), makes: func(n int) bool { return n != 4 }}},
		"none of many, and they were charged": {rows: 12, told: "knows none of its orders",
			panel: &forgetful{answers: right, makes: always, knows: never}},
		"none of many, and nothing was charged": {rows: 12, exit: 6, doubted: []string{"5001", "5012"},
			panel: &forgetful{answers: right, makes: always, knows: never, free: true}},
		"none of few": {rows: 3, exit: 6, doubted: []string{"5001", "5003"},
			panel: &forgetful{answers: right, makes: always, knows: never}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := c.panel
			p.made, p.number = map[string]time.Time{}, map[string]int{}
			server := httptest.NewServer(p)
			t.Cleanup(server.Close)
			w := newShop(t, sandbox.Config{})
			w.url = server.URL
			w.write("orders.csv", followers("page", c.rows))
			code, out, errs := w.finish(w.with([]string{"BULKORDER_AFTER=3s"}, "run", "orders.csv", "--batch", "b", "--yes",
				"--rate", "100/s"))
			words := out + errs
			if code != c.exit || (code == 0) != (!strings.Contains(words, "in doubt")) {
				t.Fatalf("exit %d, want %d:\n%s", code, c.exit, words)
			}
			if p.asked != c.rows || p.calls > 7 {
				t.Errorf("%d rows were ordered, want %d, in %d calls about statuses", p.asked, c.rows, p.calls)
			}
			_, shown, _ := w.finish(w.command("show", "b"))
			for _, id := range c.doubted {
				if !strings.Contains(shown, "order "+id) {
					t.Errorf("order %s isn't named for a row in doubt:\n%s", id, shown)
				}
			}
			if told := strings.Count(words, "knows none of its orders"); (told > 0) != (c.told != "") || told > 1 {
				t.Errorf("told %d times:\n%s", told, words)
			}
		})
	}
}

// TestAnOrderThatThePanelDidntKnowIsSettled: it is shown later after all, under the id that was answered or another one.
func TestAnOrderThatThePanelDidntKnowIsSettled(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer string
		word   []string
		exit   int
	}{
		"it is shown late":                {`{"order":5004}`, nil, 0},
		"a person names it":               {`{"order":5999}`, []string{"--row", "5", "--placed", "5004", "--reason", "seen", "--yes"}, 0},
		"it has the id between its likes": {`{"order":5999}`, nil, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			p := &forgetful{made: map[string]time.Time{}, number: map[string]int{}, makes: func(int) bool { return true },
				knows: func(n int, _ time.Duration) bool { return n != 4 || time.Since(began) > 4*time.Second },
				answers: func(n int) string {
					if n == 4 {
						return c.answer
					}
					return fmt.Sprintf(`{"order":%d}`, firstForgotten+n)
				}}
			server := httptest.NewServer(p)
			t.Cleanup(server.Close)
			w := newShop(t, sandbox.Config{})
			w.write("c.toml", "[panels.mine]\nurl = \""+server.URL+"\"\nexclusive = true\n")
			env := []string{"BULKORDER_URL=", "BULKORDER_PANEL=mine", "BULKORDER_KEY_MINE=" + key, "BULKORDER_AFTER=2s",
				"BULKORDER_CONFIG=c.toml", "BULKORDER_CONCURRENCY=1"}
			w.write("orders.csv", followers("page", 12))
			if code, out, errs := w.finish(w.with(env, "run", "orders.csv", "--batch", "b", "--yes",
				"--rate", "100/s")); code != 6 {
				t.Fatalf("exit %d, want 6:\n%s%s", code, out, errs)
			}
			time.Sleep(5*time.Second - time.Since(began))
			code, out, errs := w.finish(w.with(env, append([]string{"settle", "b"}, c.word...)...))
			if code != c.exit || !strings.Contains(out, "placed           12") {
				t.Errorf("exit %d, want %d:\n%s%s", code, c.exit, out, errs)
			}
		})
	}
}

// TestTheBalancesOfTwoKeysAreToldAsSuch: a panel that tells every key of every order can't tell whether a new key is
// that of the same account.
func TestTheBalancesOfTwoKeysAreToldAsSuch(t *testing.T) {
	t.Parallel()
	for _, next := range []string{key, "another-key-of-the-panel"} {
		p := &forgetful{made: map[string]time.Time{}, number: map[string]int{}, makes: func(int) bool { return true },
			knows:   func(int, time.Duration) bool { return true },
			answers: func(n int) string { return fmt.Sprintf(`{"order":%d}`, firstForgotten+n) }}
		server := httptest.NewServer(p)
		t.Cleanup(server.Close)
		w := newShop(t, sandbox.Config{})
		w.write("c.toml", "[panels.mine]\nurl = \""+server.URL+"\"\n")
		w.write("orders.csv", followers("page", 3))
		env := func(key string) []string {
			return []string{"BULKORDER_URL=", "BULKORDER_PANEL=mine", "BULKORDER_KEY=", "BULKORDER_KEY_MINE=" + key,
				"BULKORDER_CONFIG=c.toml"}
		}
		if code, out, errs := w.finish(w.with(env(key), "run", "orders.csv", "--batch", "b", "--yes", "--rate", "100/s",
			"--limit", "1")); code != 5 {
			t.Fatalf("exit %d:\n%s%s", code, out, errs)
		}
		code, out, errs := w.finish(w.with(env(next), "resume", "b", "--yes", "--rate", "100/s"))
		told := strings.Contains(errs, "another key")
		if code != 0 || told != (next != key) {
			t.Errorf("exit %d, told %t:\n%s%s", code, told, out, errs)
		}
	}
}

// TestAnOrderThatIsntKnownIsDoubtedByWhoGoesOn: who doesn't wait for the panel to show its orders hears of those that
// it doesn't have from the next command, and that asks no more than it must.
func TestAnOrderThatIsntKnownIsDoubtedByWhoGoesOn(t *testing.T) {
	t.Parallel()
	p := &forgetful{made: map[string]time.Time{}, number: map[string]int{}, makes: func(int) bool { return true },
		knows:   func(n int, _ time.Duration) bool { return n != 3 },
		answers: func(n int) string { return fmt.Sprintf(`{"order":%d}`, firstForgotten+n) }}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	w := newShop(t, sandbox.Config{})
	w.url = server.URL
	w.write("orders.csv", followers("page", 5))
	r := w.background("run", "orders.csv", "--batch", "b", "--yes", "--rate", "100/s")
	calls := func() int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.calls
	}
	until(t, "the first look", func() bool { return calls() > 0 })
	time.Sleep(500 * time.Millisecond)
	must(t, r.Process.Signal(os.Interrupt))
	if code := r.exit(); code != 130 || strings.Contains(r.words.String(), "context canceled") ||
		!strings.Contains(r.words.String(), "doesn't know all of its orders yet") {
		t.Errorf("exit %d:\n%s", code, r.words.String())
	}
	if _, out, errs := w.call("refresh", "b"); !strings.Contains(out+errs, "doesn't have: 1; `bulkorder resume b` asks again") {
		t.Errorf("a refresh doesn't tell of it:\n%s%s", out, errs)
	}
	before := calls()
	code, out, errs := w.finish(w.with([]string{"BULKORDER_AFTER=1s"}, "resume", "b", "--yes"))
	if code != 6 || !strings.Contains(out, "in doubt          1") || calls() > before+2 {
		t.Errorf("exit %d, %d calls:\n%s%s\n%s", code, calls()-before, out, errs, r.words.String())
	}
}
