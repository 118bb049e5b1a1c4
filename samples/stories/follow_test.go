package stories_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// refreshed is what --json of refresh, refill and cancel adds.
type refreshed struct {
	result
	Refreshed struct{ Orders, Calls, Changed, Failed, Open int }
	Requests  struct {
		Taken, Refused int
		InDoubt        int `json:"in_doubt"`
		LeftOut        int `json:"left_out"`
	}
	Panels  []struct{ Panel, Charged, Currency string }
	Entries []line
}

func (w *shop) refreshed(args ...string) (int, refreshed) {
	w.t.Helper()
	code, out, errs := w.call(append(args, "--json")...)
	var r refreshed
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		w.t.Fatalf("%v: exit %d, no JSON: %v\n%s%s", args, code, err, out, errs)
	}
	return code, r
}

func (w *shop) modified(name string) time.Time {
	w.t.Helper()
	info, err := os.Stat(filepath.Join(w.dir, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return info.ModTime()
}

// TestARefreshWritesTheWorkbookWhenSomethingChanged: and then alone; also when it was lost.
func TestARefreshWritesTheWorkbookWhenSomethingChanged(t *testing.T) {
	t.Parallel()
	now := time.Now()
	w := newShop(t, sandbox.Config{FirstID: 23510, Now: func() time.Time { return now }})
	w.write("orders.csv", small(5))
	if code, r := w.result("run", "orders.csv", "--yes", "--rate", "100/s"); code != 0 ||
		r.Next != "bulkorder refresh "+r.Batch {
		t.Fatalf("exit %d, next %q", code, r.Next)
	}
	first := w.modified("orders.results.xlsx")
	if code, r := w.refreshed("refresh"); code != 0 || r.Refreshed.Calls != 1 || r.Refreshed.Orders != 5 ||
		r.Refreshed.Changed != 0 ||
		!w.modified("orders.results.xlsx").Equal(first) {
		t.Errorf(
			"nothing new: exit %d, %+v, written again: %t",
			code,
			r.Refreshed,
			!w.modified("orders.results.xlsx").Equal(first),
		)
	}
	now = now.Add(time.Hour)
	code, r := w.refreshed("refresh", r0(w))
	if code != 0 || r.Refreshed.Changed != 5 || r.Refreshed.Open != 0 || r.Next != "" ||
		w.modified("orders.results.xlsx").Equal(first) {
		t.Errorf("all ended: exit %d, %+v, next %q", code, r.Refreshed, r.Next)
	}
	if code, r := w.refreshed("refresh"); code != 0 || r.Refreshed.Calls != 0 {
		t.Errorf("all final: exit %d, %+v", code, r.Refreshed)
	}
	if err := os.Remove(filepath.Join(w.dir, "orders.results.xlsx")); err != nil {
		t.Fatal(err)
	}
	if code, _ := w.refreshed("refresh"); code != 0 || w.modified("orders.results.xlsx").IsZero() {
		t.Errorf("a lost workbook: exit %d", code)
	}
	if code, out, _ := w.call("explain", r.Batch, "2"); code != 0 || !strings.Contains(out, "Its statuses over time") ||
		!strings.Contains(out, "Pending") ||
		!strings.Contains(out, "Completed") {
		t.Errorf("explain: exit %d\n%s", code, out)
	}
}

// r0 is the id of the shop's last batch.
func r0(w *shop) string {
	w.t.Helper()
	_, r := w.result("show")
	return r.Batch
}

// TestAScheduleEndsWhenAllIsFinal: a second one is kept off meanwhile, and one that is stopped says so.
func TestAScheduleEndsWhenAllIsFinal(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: 30}, "status:503:n=3-6")
	w.write("orders.csv", small(150))
	if code, r := w.result("run", "orders.csv", "--yes", "--rate", "200/s"); code != 0 {
		t.Fatalf("exit %d, %+v", code, r)
	}
	schedule := w.command("refresh", "--every", "1s", "--until-final", "--rate", "100/s")
	var out, errs strings.Builder
	schedule.Stdout, schedule.Stderr = &out, &errs
	if err := schedule.Start(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		if _, err := os.Stat(filepath.Join(w.state, "bulkorder", "journal.db.locks", "schedule.json")); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the schedule doesn't begin")
		}
		time.Sleep(20 * time.Millisecond)
	}
	if code, _, errs := w.call("refresh", "--all", "--cron", "* * * * *"); code != 11 ||
		!strings.Contains(errs, "is refreshed on a schedule by process") {
		t.Errorf("a second schedule: exit %d, %s", code, errs)
	}
	if err := schedule.Wait(); err != nil {
		t.Errorf("%v\n%s%s", err, out.String(), errs.String())
	}
	if !strings.Contains(errs.String(), "Refreshing every 1 s.") || !strings.Contains(errs.String(), "next at ") ||
		!strings.Contains(out.String(), " orders in 2 calls") { // a slow run has seen some end already
		t.Errorf("%s\n%s", out.String(), errs.String())
	}
	if !strings.HasSuffix(errs.String(), "All orders are final: this ends.\n") {
		t.Errorf("at the end it said %s", errs.String())
	}
	staying := w.command("refresh", "--every", "1s")
	var said strings.Builder
	staying.Stderr = &said
	must(t, staying.Start())
	time.Sleep(3 * time.Second) // two rounds at least
	must(t, staying.Process.Kill())
	_ = staying.Wait()
	if n := strings.Count(said.String(), "All orders are final: nothing is asked"); n != 1 {
		t.Errorf("it said %d times that all is final:\n%s", n, said.String())
	}
	if code, r := w.refreshed("refresh"); code != 0 || r.Refreshed.Calls != 0 ||
		r.Statuses["Completed"]+r.Statuses["Partial"]+r.Statuses["Canceled"] != 150 {
		t.Errorf("afterwards: exit %d, %+v", code, r)
	}
}

func TestWrongWordsForARefresh(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	w.write("orders.csv", small(1))
	w.result("run", "orders.csv", "--yes", "--rate", "100/s")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"refresh", "--every", "often"}, `--every "often" is no time`},
		{[]string{"refresh", "--every", "1ms"}, "is too often"},
		{[]string{"refresh", "--cron", "* * *"}, "it has five fields"},
		{[]string{"refresh", "--cron", "0 0 31 2 *"}, "never comes"},
		{[]string{"refresh", "--cron", "0 6 * * *", "--time-zone", "Mars/Olympus"}, `"Mars/Olympus" is not known`},
		{[]string{"refresh", "--every", "1m", "--cron", "0 6 * * *"}, "contradict"},
		{[]string{"refresh", "--until-final"}, "needs --every or --cron"},
		{[]string{"refresh", "--all", "x"}, "contradict"},
		{[]string{"refresh", "nobatch"}, "no such batch"},
		{[]string{"refresh", "--notify", "http://example.com/hook"}, "plain http"},
		{[]string{"run", "orders.csv", "--notify", "nothing"}, "--notify"},
		{[]string{"refill", r0(w)}, "which rows? give --row 3,7-12, --status NAME, or --all"},
		{[]string{"refill", r0(w), "--all", "--row", "2"}, "which rows?"},
		{[]string{"cancel", r0(w), "--row", "7-3"}, `"7-3" is no row`},
		{[]string{"cancel", r0(w), "--row", "two"}, `"two" is no row`},
		{[]string{"cancel"}, "needs the batch"},
		{[]string{"show", "--state", "lost"}, "the states are placed queued in_doubt"},
	} {
		if code, out, errs := w.call(c.args...); code != 2 || !strings.Contains(errs, c.want) || out != "" {
			t.Errorf("%v: exit %d, %q; want %q", c.args, code, errs, c.want)
		}
	}
}

// TestRefillAndCancelByHand: rows that may be asked for are, the others are named.
func TestRefillAndCancelByHand(t *testing.T) {
	t.Parallel()
	now := time.Now()
	w := newShop(t, sandbox.Config{FirstID: 23510, Now: func() time.Time { return now }})
	w.write("orders.csv", small(3)+"102,https://example.com/x,100\n")
	_, first := w.result("run", "orders.csv", "--yes", "--rate", "100/s")
	now = now.Add(time.Hour)
	w.refreshed("refresh")
	code, r := w.refreshed("refill", first.Batch, "--yes", "--row", "2-5")
	if code != 4 || r.Requests.Taken != 3 || r.Requests.LeftOut != 1 {
		t.Errorf("refill: exit %d, %+v", code, r.Requests)
	}
	now = now.Add(time.Hour)
	w.refreshed("refresh")
	w.call("report", "--out", "r.csv")
	content, err := os.ReadFile(filepath.Join(w.dir, "r.csv"))
	if err != nil ||
		strings.Count(
			string(content),
			",1: ",
		)+strings.Count(
			string(content),
			",2: ",
		)+strings.Count(
			string(content),
			",3: ",
		) != 3 {
		t.Errorf("the refills' statuses are not in the results: %s, %v", content, err)
	}
	if code, r = w.refreshed("cancel", first.Batch, "--yes", "--all"); code != 4 || r.Requests.LeftOut != 4 {
		t.Errorf("cancel: exit %d, %+v", code, r.Requests)
	}
	code, out, _ := w.call("refill", first.Batch, "--yes", "--row", "5")
	if code != 4 || !strings.Contains(out, "service 102 takes no refill") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, r := w.refreshed("show", "--state", "placed", "--status", "completed"); code != 0 || len(r.Entries) == 0 ||
		r.Entries[0].OrderID == "" {
		t.Errorf("show: exit %d, %+v", code, r.Entries)
	}
	if code, out, _ := w.call("show", "--state", "placed"); code != 0 || strings.Count(out, "placed") != 4 {
		t.Errorf("show: exit %d, %s", code, out)
	}
	if code, out, _ := w.call("history", "--state", "in doubt"); code != 0 ||
		!strings.Contains(out, "There are no batches") {
		t.Errorf("history: exit %d, %s", code, out)
	}
	if code, out, _ := w.call("explain", first.Batch, "2"); code != 0 || !strings.Contains(out, "Asked for") ||
		!strings.Contains(out, "refill") {
		t.Errorf("explain: exit %d, %s", code, out)
	}
}

// chat takes notices.
type chat struct {
	*httptest.Server
	mu   sync.Mutex
	told []map[string]any
}

func newChat(t *testing.T) *chat {
	c := &chat{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var n map[string]any
		if err := json.Unmarshal(body, &n); err != nil || holdsKey(string(body)) {
			t.Errorf("%v: %s", err, body)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.told = append(c.told, n)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *chat) events() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []string
	for _, n := range c.told {
		all = append(all, fmt.Sprint(n["event"]))
	}
	return strings.Join(all, " ")
}

// TestNotices: of a batch that stopped, finished, has rows in doubt, and whose orders are final; one that
// can't be posted harms nothing.
func TestNotices(t *testing.T) {
	t.Parallel()
	now := time.Now()
	w, c := newShop(t, sandbox.Config{FirstID: 23510, Now: func() time.Time { return now }}), newChat(t)
	w.write("orders.csv", small(6))
	w.write("doubt.csv", "service,link,quantity\n1,https://example.com/doubt,100\n")
	w.result("run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "2", "--notify", c.URL+"/secret")
	w.result("resume", "--yes", "--rate", "100/s", "--notify", c.URL+"/secret")
	now = now.Add(time.Hour)
	w.refreshed("refresh", "--notify", c.URL+"/secret")
	w.refreshed("refresh", "--notify", c.URL+"/secret")
	w.spoil("add:closed:after")
	if code, _ := w.result("run", "doubt.csv", "--yes", "--rate", "100/s", "--notify", c.URL+"/secret"); code != 6 {
		t.Errorf("exit %d", code)
	}
	if got := c.events(); got != "stopped finished final in_doubt" {
		t.Errorf("told of %s", got)
	}
	c.Close()
	w.write("more.csv", "service,link,quantity\n1,https://example.com/more,1\n")
	code, _, errs := w.call("run", "more.csv", "--yes", "--rate", "100/s", "--notify", c.URL+"/secret")
	if code != 3 || !strings.Contains(errs, "the notice could not be posted") || strings.Contains(errs, "secret") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// TestTheLastNoticeSurvives: where the program is killed before anybody has heard that all is final, or nobody takes the
// notice, the next refresh of all batches tells it; and it is told once.
func TestTheLastNoticeSurvives(t *testing.T) {
	t.Parallel()
	for name, kill := range map[string]bool{"killed": true, "nobody takes it": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Now()
			w, c := newShop(t, sandbox.Config{Now: func() time.Time { return now }}), newChat(t)
			posted, dead := make(chan bool, 10), true
			hook := httptest.NewServer(http.HandlerFunc(func(to http.ResponseWriter, from *http.Request) {
				posted <- true
				switch {
				case dead && kill:
					_, _ = io.Copy(io.Discard, from.Body)
					<-from.Context().Done() // of who is killed
				case dead:
					to.WriteHeader(http.StatusGone)
				default:
					c.Config.Handler.ServeHTTP(to, from)
				}
			}))
			t.Cleanup(func() { hook.CloseClientConnections(); hook.Close() })
			for i := range 2 {
				w.write(fmt.Sprintf("%d.csv", i), fmt.Sprintf("service,link,quantity\n1,https://example.com/%d,100\n", i))
				w.ok(0, "run", fmt.Sprintf("%d.csv", i), "--yes", "--rate", "100/s")
			}
			now = now.Add(time.Hour)
			first := w.command("refresh", "--all", "--notify", hook.URL+"/secret")
			must(t, first.Start())
			<-posted
			if kill {
				must(t, first.Process.Kill())
			}
			_ = first.Wait()
			if len(posted) > 0 {
				t.Error("it was tried again though nobody takes it")
			}
			dead = false
			w.ok(0, "refresh", "--all", "--notify", hook.URL+"/secret")
			w.ok(0, "refresh", "--all", "--notify", hook.URL+"/secret")
			if got := c.events(); got != "final final" { // one of each batch
				t.Errorf("told of %s", got)
			}
		})
	}
}

// TestAPanelColumn: each row is ordered from the panel that it names, by the keys of the environment.
func TestAPanelColumn(t *testing.T) {
	t.Parallel()
	a, b := newShop(t, sandbox.Config{Balance: "100"}), newShop(t, sandbox.Config{Balance: "50", Currency: "EUR"})
	a.write(
		"config.toml",
		fmt.Sprintf("[panels.one]\nurl = %q\n\n[panels.two]\nurl = %q\nrate = \"50/s\"\n", a.url, b.url),
	)
	a.write(
		"orders.csv",
		"panel,service,link,quantity\none,1,https://example.com/1,100\ntwo,1,https://example.com/2,200\nTwo,1,"+
			"https://example.com/3,100\nthree,1,https://example.com/4,100\n,1,https://example.com/5,100\n",
	)
	call := func(args ...string) (int, refreshed) {
		t.Helper()
		cmd := a.command(append(args, "--config", filepath.Join(a.dir, "config.toml"), "--json")...)
		cmd.Env = append(cmd.Env, "BULKORDER_URL=", "BULKORDER_KEY_ONE="+key, "BULKORDER_KEY_TWO="+key)
		code, out, errs := a.finish(cmd)
		var r refreshed
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatalf("%v: exit %d, %v\n%s%s", args, code, err, out, errs)
		}
		return code, r
	}
	if code, r := call("check", "orders.csv"); code != 3 || r.Rows.Valid != 3 || r.Rows.Invalid != 2 ||
		r.Panel != "one, two" ||
		len(r.Problems) != 2 ||
		r.Problems[0].Cell == "" {
		t.Errorf("check: exit %d, %+v", code, r.result)
	}
	code, r := call("run", "orders.csv", "--yes", "--rate", "100/s")
	if code != 4 || r.Rows.Placed != 3 || len(r.Panels) != 2 || r.Panels[0].Charged != "0.09" ||
		r.Panels[1].Charged != "0.27" ||
		r.Panels[1].Currency != "EUR" ||
		r.Money.Charged != "" {
		t.Errorf("run: exit %d, %+v", code, r)
	}
	if len(a.sandbox.Ledger()) != 1 || len(b.sandbox.Ledger()) != 2 {
		t.Errorf("%d and %d orders", len(a.sandbox.Ledger()), len(b.sandbox.Ledger()))
	}
	for _, args := range [][]string{{"refresh"}, {"show"}, {"report"}, {"resume"}} {
		if _, r := call(args...); r.Rows.Placed != 3 {
			t.Errorf("%v: %+v", args, r)
		}
	}
	if code, r := call("cancel", r.Batch, "--yes", "--row", "2-4"); code != 0 || r.Requests.Taken != 3 {
		t.Errorf("cancel: exit %d, %+v", code, r.Requests)
	}
}

// TestTheSamplesOfSchedules: their commands are right, and do nothing where there is nothing to do.
func TestTheSamplesOfSchedules(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	for file, pattern := range map[string]string{
		"bulkorder-refresh.service": `(?m)^ExecStart=\S+/bulkorder (.*)$`,
		"crontab":                   `(?m)^\*/15 \* \* \* \* "[^"]+/bulkorder" (.*)$`,
		"windows-task.xml":          `<Arguments>(.*)</Arguments>`,
	} {
		text, err := os.ReadFile(filepath.Join("..", "schedule", file))
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(pattern).FindSubmatch(text)
		if found == nil {
			t.Fatalf("%s has no command", file)
		}
		if code, out, errs := w.call(strings.Fields(string(found[1]))...); code != 0 || out+errs != "" {
			t.Errorf("%s: exit %d, %s%s", file, code, out, errs)
		}
	}
	text, err := os.ReadFile(filepath.Join("..", "schedule", "windows-task.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(text, &struct{ XMLName xml.Name }{}); err != nil {
		t.Error(err)
	}
}

// TestAKeyThatNamesNoPanel: it reaches the panel that the person names, and none that a sheet or the journal names.
func TestAKeyThatNamesNoPanel(t *testing.T) {
	t.Parallel()
	a, b := newShop(t, sandbox.Config{}), newShop(t, sandbox.Config{})
	a.write("config.toml", fmt.Sprintf("[panels.one]\nurl = %q\n\n[panels.two]\nurl = %q\n", a.url, b.url))
	a.write("both.csv", "panel,service,link,quantity\n,1,https://example.com/1,100\ntwo,1,https://example.com/2,100\n")
	a.write("one.csv", "service,link,quantity\n1,https://example.com/3,100\n")
	call := func(env []string, args ...string) (int, string) {
		t.Helper()
		cmd := a.command(append(args, "--config", filepath.Join(a.dir, "config.toml"))...)
		cmd.Env = append(append(cmd.Env, "BULKORDER_URL="), env...)
		code, out, errs := a.finish(cmd)
		return code, out + errs
	}
	if code, text := call(nil, "run", "both.csv", "--panel", "one", "--yes", "--rate", "100/s"); code != 2 ||
		!strings.Contains(text, "BULKORDER_KEY_TWO") ||
		!strings.Contains(text, "counts for the panel alone") {
		t.Errorf("a cell names a panel without a key: exit %d, %s", code, text)
	}
	if n := len(b.sandbox.Requests()); n != 0 {
		t.Fatalf("the key of one reached the other's host, %d times", n)
	}
	own := []string{"BULKORDER_KEY_TWO=" + key}
	if code, text := call(own, "run", "both.csv", "--panel", "one", "--yes", "--rate", "100/s"); code != 0 ||
		len(a.sandbox.Ledger()) != 1 ||
		len(b.sandbox.Ledger()) != 1 {
		t.Errorf("exit %d, %s", code, text)
	}
	if code, text := call(own, "run", "one.csv", "--panel", "two", "--yes", "--rate", "100/s"); code != 0 {
		t.Errorf("exit %d, %s", code, text)
	}
	// A key that names no panel goes to one that the journal names only where it was accepted before.
	before := len(a.sandbox.Requests())
	for _, named := range [][]string{nil, {"BULKORDER_PANEL=two"}, {"BULKORDER_URL=" + b.url}} {
		env := append(append(named, own...), "BULKORDER_KEY=another-key-of-mine")
		if code, text := call(env, "refresh", "--all"); code == 0 || !strings.Contains(text, "no key for panel one") ||
			len(a.sandbox.Requests()) != before {
			t.Errorf("%v: exit %d, %s", named, code, text)
		}
	}
	if code, text := call(own, "refresh", "--all"); code != 0 {
		t.Errorf("the key that was accepted there: exit %d, %s", code, text)
	}
	if code, text := call(append(own, "BULKORDER_KEY_ONE="+key), "refresh", "--all"); code != 0 {
		t.Errorf("exit %d, %s", code, text)
	}
	if code, text := call(own, "refresh", "--all", "--url", a.url); code != 2 ||
		!strings.Contains(text, "--url is the address of one panel") {
		t.Errorf("one address for batches of several panels: exit %d, %s", code, text)
	}
}

func TestPanelsThatCantBeToldApart(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	for _, names := range [][2]string{{"Acme", "acme"}, {"IGWISH", "sandbox2"}, {"my-panel", "my_panel"}} {
		w.write(
			"config.toml",
			fmt.Sprintf(
				"[panels.%s]\nurl = \"https://a.example/api\"\n\n[panels.%s]\nurl = \"https://b.example/api\"\n",
				names[0],
				names[1],
			),
		)
		if code, _, errs := w.call("panels", "--config", "config.toml"); code != 2 ||
			!strings.Contains(errs, "can't be told apart") {
			t.Errorf("%v: exit %d, %s", names, code, errs)
		}
	}
}

// TestResultsThatCouldNotBeWritten are written another time, though no order changes any more.
func TestResultsThatCouldNotBeWritten(t *testing.T) {
	t.Parallel()
	now := time.Now()
	w := newShop(t, sandbox.Config{FirstID: 23510, Now: func() time.Time { return now }})
	w.write("orders.csv", small(3))
	if err := os.Mkdir(filepath.Join(w.dir, "results"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.result("run", "orders.csv", "--yes", "--rate", "100/s", "--out", "results/r.csv")
	if err := os.Rename(filepath.Join(w.dir, "results"), filepath.Join(w.dir, "away")); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	if code, out, errs := w.call("refresh", "--all"); code != 1 ||
		!strings.Contains(errs, "the results could not be written") ||
		!strings.Contains(out, "3 changed") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if err := os.Rename(filepath.Join(w.dir, "away"), filepath.Join(w.dir, "results")); err != nil {
		t.Fatal(err)
	}
	if code, r := w.refreshed("refresh", "--all"); code != 0 || r.Refreshed.Calls != 0 {
		t.Errorf("exit %d, %+v", code, r.Refreshed)
	}
	content, err := os.ReadFile(filepath.Join(w.dir, "results", "r.csv"))
	if err != nil || strings.Contains(string(content), "Pending") {
		t.Errorf("%s, %v", content, err)
	}
	if code, _, errs := w.call("refresh", "--all"); code != 0 || !strings.Contains(errs, "nothing to ask") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// TestWhatTheEnvironmentMayNotSay: which orders are cancelled is a person's word.
func TestWhatTheEnvironmentMayNotSay(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("orders.csv", small(3))
	w.result("run", "orders.csv", "--yes", "--rate", "100/s")
	cmd := w.command("cancel", r0(w), "--yes")
	cmd.Env = append(cmd.Env, "BULKORDER_ALL=1")
	if code, _, errs := w.finish(cmd); code != 2 || !strings.Contains(errs, "which rows?") {
		t.Errorf("exit %d, %s", code, errs)
	}
}
