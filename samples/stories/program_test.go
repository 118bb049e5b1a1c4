package stories_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// key is the account's key in these tests; it must be found nowhere.
const key = "canary-7d1f93-Zq+/="

var program string // the built binary; set once, by TestMain

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "bulkorder-test-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		program = filepath.Join(dir, "bulkorder")
		if runtime.GOOS == "windows" {
			program += ".exe"
		}
		if out, err := exec.Command("go", "build", "-o", program, "bulkorder").CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%s%v\n", out, err)
			return 1
		}
		return m.Run()
	}())
}

// shop is a person's machine and a panel.
type shop struct {
	t       *testing.T
	dir     string // the working folder, with the sheets
	state   string
	sandbox *sandbox.Sandbox
	url     string
	books   string // where the journal is; empty: in the state folder
}

func newShop(t *testing.T, config sandbox.Config, faults ...string) *shop {
	t.Helper()
	for _, text := range faults {
		f, err := sandbox.ParseFault(text)
		if err != nil {
			t.Fatal(err)
		}
		config.Faults = append(config.Faults, f)
	}
	config.Key = key
	s, err := sandbox.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() { s.Close(); server.Close() })
	w := &shop{t: t, dir: t.TempDir(), state: t.TempDir(), sandbox: s, url: server.URL + "/api/v2"}
	t.Cleanup(func() { w.searchKey(w.dir); w.searchKey(w.state) })
	return w
}

// command makes a call of the program; nothing of the developer's own settings reaches it.
func (w *shop) command(args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...)
	cmd.Dir = w.dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "BULKORDER_") && !strings.HasPrefix(v, "XDG_") && !strings.HasPrefix(v, "DBUS_") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	cmd.Env = append(
		cmd.Env,
		"BULKORDER_KEY="+key,
		"BULKORDER_URL="+w.url,
		"XDG_STATE_HOME="+w.state,
		"XDG_CONFIG_HOME="+filepath.Join(w.state, "config"),
	)
	if w.books != "" {
		cmd.Env = append(cmd.Env, "BULKORDER_JOURNAL="+w.books)
	}
	return cmd
}

// goDuration is a time as Go writes it, which isn't what people read.
var goDuration = regexp.MustCompile(`\b([0-9]+h)?[0-9]+m[0-9.]+s\b`)

// call runs the program and gives its exit code and what it printed.
func (w *shop) call(args ...string) (code int, out, errs string) {
	w.t.Helper()
	return w.finish(w.command(args...))
}

func (w *shop) finish(cmd *exec.Cmd) (code int, out, errs string) {
	w.t.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		w.t.Fatal(err)
	}
	for _, text := range []string{stdout.String(), stderr.String()} {
		if holdsKey(text) || strings.Contains(text, password) || strings.Contains(text, "goroutine ") {
			w.t.Errorf("%v: the key or a stack trace is printed:\n%s", cmd.Args, text)
		}
		if found := goDuration.FindString(text); found != "" {
			w.t.Errorf("%v: %q is no way to tell a time:\n%s", cmd.Args, found, text)
		}
	}
	return cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

// result runs the program with --json.
func (w *shop) result(args ...string) (int, result) {
	w.t.Helper()
	code, out, errs := w.call(append(args, "--json")...)
	var r result
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		w.t.Fatalf("%v: exit %d, no JSON: %v\n%s%s", args, code, err, out, errs)
	}
	return code, r
}

// result is the contract of --json.
type result struct {
	Batch, Panel, Sheet, Workbook, Next string
	Rows                                struct {
		Total, Valid, Invalid, Held, Skipped, Queued, Placed, Refused int
		InDoubt                                                       int `json:"in_doubt"`
	}
	Money struct {
		Estimated, Charged, Currency string
		BalanceBefore                string `json:"balance_before"`
		BalanceAfter                 string `json:"balance_after"`
	}
	Statuses map[string]int
	Problems []struct {
		Row                      int
		Cell, Field, Found, Text string
	}
}

func (w *shop) write(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

func (w *shop) searchKey(dir string) {
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if holdsKey(string(content)) || strings.Contains(string(content), password) {
			w.t.Errorf("the key is in %s", path)
		}
		return err
	})
	if err != nil {
		w.t.Error(err)
	}
}

// lines reads a results file in JSON lines.
func (w *shop) lines(name string) []line {
	w.t.Helper()
	content, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		w.t.Fatal(err)
	}
	var all []line
	for text := range strings.Lines(string(content)) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			w.t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

type line struct {
	Row     int
	State   string
	OrderID string   `json:"order_id"`
	OneOf   []string `json:"one_of"`
	Problem string
	Params  map[string]string
}

func TestAnHonestDay(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{})
	sheet, err := os.ReadFile("../orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.write("orders.csv", string(sheet))
	if code, r := w.result("check", "orders.csv"); code != 0 || r.Rows.Valid != 21 || r.Rows.Queued != 21 {
		t.Errorf("check: exit %d, %+v", code, r.Rows)
	}
	if n := len(w.sandbox.Ledger()); n != 0 {
		t.Fatalf("check ordered %d rows", n)
	}
	code, first := w.result("run", "orders.csv", "--yes", "--rate", "100/s")
	if code != 0 || first.Rows.Placed != 21 || first.Workbook != filepath.Join(w.dir, "orders.results.xlsx") {
		t.Fatalf("run: exit %d, %+v", code, first)
	}
	if first.Money.BalanceBefore == first.Money.BalanceAfter || first.Money.Charged == "0" {
		t.Errorf("money: %+v", first.Money)
	}
	code, second := w.result("run", "orders.csv", "--yes")
	if code != 0 || second.Batch != first.Batch || len(w.sandbox.Ledger()) != 21 {
		t.Errorf(
			"the second run: exit %d, batch %s after %s, %d orders",
			code,
			second.Batch,
			first.Batch,
			len(w.sandbox.Ledger()),
		)
	}
	for _, args := range [][]string{{"resume"}, {"show", first.Batch}, {"report", first.Batch[:4], "--out", "again.csv"}} {
		if code, r := w.result(args...); code != 0 || r.Rows.Placed != 21 {
			t.Errorf("%v: exit %d, %+v", args, code, r.Rows)
		}
	}
	for _, args := range [][]string{{"history"}, {"services", "tiktok"}, {"balance"}, {"panels"}, {"version"},
		{"completion", "bash"}, {"check", "orders.csv"}, {"show"}} {
		if code, out, errs := w.call(args...); code != 0 || out == "" {
			t.Errorf("%v: exit %d, %q, %q", args, code, out, errs)
		}
	}
	if len(w.sandbox.Ledger()) != 21 {
		t.Errorf("%d orders in the end", len(w.sandbox.Ledger()))
	}
}

func TestABatchGoesOnAtItsOwnPanel(t *testing.T) {
	t.Parallel()
	w, other := newShop(t, sandbox.Config{}), newShop(t, sandbox.Config{})
	w.write("orders.csv", small(5))
	if code, r := w.result("run", "orders.csv", "--yes", "--rate", "100/s", "--limit", "2"); code != 5 ||
		r.Rows.Placed != 2 {
		t.Fatalf("exit %d, %+v", code, r.Rows)
	}
	cmd := w.command("resume", "--yes", "--rate", "100/s")
	cmd.Env = append(cmd.Env, "BULKORDER_URL="+other.url, "BULKORDER_PANEL=igwish")
	if code, out, errs := w.finish(cmd); code != 0 {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if ours, theirs := len(w.sandbox.Ledger()), len(other.sandbox.Requests()); ours != 5 || theirs != 0 {
		t.Errorf("%d orders at the batch's own panel, %d requests at the environment's", ours, theirs)
	}
}

// spoil sets the sandbox's faults.
func (s *shop) spoil(texts ...string) {
	s.t.Helper()
	var all []sandbox.Fault
	for _, text := range texts {
		f, err := sandbox.ParseFault(text)
		must(s.t, err)
		all = append(all, f)
	}
	must(s.t, s.sandbox.SetFaults(all))
}
