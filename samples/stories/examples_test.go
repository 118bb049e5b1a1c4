//go:build unix

package stories_test

import (
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// elsewhere begins examples that need what isn't at hand here: a keyring, a database on another machine, a certificate
// and names of people. What they do is tried with such things of the tests' own.
func elsewhere() []string {
	return []string{"bulkorder key ", "bulkorder journal copy ", "bulkorder journal migrate --journal postgres:",
		"bulkorder serve --addr 0.0.0.0"}
}

var (
	commandLine  = regexp.MustCompile(`(?m)^  ([a-z][a-z-]*) +[A-Z]`)
	exampleBlock = regexp.MustCompile(`(?s)\nExamples:\n(.*?)\n\n`)
	topicLine    = regexp.MustCompile(`(?m)^ {2,}(bulkorder (?:.*\\\n)*.*)$`)
	readmeLine   = regexp.MustCompile(`(?m)^    (?:\./)?(bulkorder .*)$`)
	broken       = regexp.MustCompile(`\\\n\s*`)
	remark       = regexp.MustCompile(`\s{2,}#.*$`)
)

// examples collects what people are told to type: in the help of each command, in the topics and in the README.
func (w *shop) examples() (all []string) {
	w.t.Helper()
	var visit func(names ...string)
	visit = func(names ...string) {
		_, help, _ := w.call(append(names, "--help")...)
		if block := exampleBlock.FindStringSubmatch(help); block != nil {
			for line := range strings.Lines(block[1]) {
				all = append(all, strings.TrimSpace(line))
			}
		}
		help, _, _ = strings.Cut(help, "Flags:")
		for _, sub := range commandLine.FindAllStringSubmatch(help, -1) {
			if !slices.Contains([]string{"help", "completion"}, sub[1]) {
				visit(append(slices.Clone(names), sub[1])...)
			}
		}
	}
	visit()
	for _, topic := range []string{"sheets", "results", "states", "exit-codes", "safety", "schedules", "panels", "machines"} {
		_, text, _ := w.call("help", topic)
		before, _, _ := strings.Cut(text, "\nUsage:\n")
		for _, found := range topicLine.FindAllStringSubmatch(before, -1) {
			all = append(all, found[1])
		}
	}
	readme, err := os.ReadFile("../../README.md")
	must(w.t, err)
	for _, found := range readmeLine.FindAllStringSubmatch(string(readme), -1) {
		all = append(all, found[1])
	}
	for i, line := range all {
		all[i] = strings.TrimSpace(remark.ReplaceAllString(broken.ReplaceAllString(line, ""), ""))
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(line string) bool { return line == "" })
}

// TestExamplesRunAsTheyArePrinted: whatever people are told to type is typed, where it makes sense, and does something.
func TestExamplesRunAsTheyArePrinted(t *testing.T) {
	t.Parallel()
	all := newShop(t, sandbox.Config{}).examples()
	if len(all) < 50 {
		t.Fatalf("only %d examples were found: %q", len(all), all)
	}
	for _, line := range all {
		if slices.ContainsFunc(elsewhere(), func(begin string) bool { return strings.HasPrefix(line, begin) }) {
			continue
		}
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			e := exampleOf(line)
			w := e.shop(t)
			code, out, errs := w.enter(line, e.stays)
			if !slices.Contains(e.codes, code) || out+errs == "" {
				t.Errorf("exit %d, not among %v:\n%s%s", code, e.codes, out, errs)
			}
		})
	}
}

// example is where a line that people are told to type makes sense.
type example struct {
	before [][]string // what was done before
	faults []string
	held   bool // rows 3 and 7 to 12 repeat row 2
	first  bool // row 3 is the first one that can be ordered
	codes  []int
	speed  float64 // of orders at the panel; 0: they stay as they are
	stays  bool    // until it is interrupted
}

func exampleOf(line string) example {
	words := strings.Fields(line)
	e := example{codes: []int{0}}
	has := func(word string) bool { return slices.Contains(words, word) }
	placed := [][]string{{"run", "nov.xlsx", "--batch", "nov"}}
	switch words[1] {
	case "init":
		if len(words) == 2 { // it asks at a terminal
			e.codes = []int{2}
		}
	case "check":
		if !has("sandbox") {
			e.codes = []int{3}
		}
	case "run":
		if !has("sandbox") {
			e.codes = []int{4}
		}
		if has("--limit") {
			e.codes = []int{5}
		}
		if has("||") {
			e.codes = []int{0}
		}
		if strings.Contains(line, "nov.results.xlsx") {
			e.before, e.codes = placed, []int{0, 3, 4}
		}
	case "resume":
		e.before, e.codes = [][]string{append(placed[0], "--limit", "5")}, []int{4}
		if e.held = has("--release"); e.held {
			e.before = placed
		}
	case "settle":
		e.before, e.faults, e.codes = placed, []string{"add:closed:n=2", "add:closed:n=6-11"}, []int{0, 4, 5, 6}
		if has("23501") {
			e.first, e.faults = true, []string{"add:closed:after:n=1"}
		}
	case "show":
		e.before, e.held = placed, true
	case "refresh", "report", "refill", "cancel", "history", "explain", "journal", "pause", "go-on":
		e.before = placed
		switch {
		case has("go-on"):
			e.before = append(e.before, []string{"pause", "igwish"})
		case has("--batch"):
			e.before = [][]string{append(placed[0], "--detach")}
		case has("refill"):
			e.speed, e.before = 1e6, append(e.before, []string{"refresh", "nov"})
		}
		e.stays = has("--every") || has("--cron")
	case "serve", "sandbox":
		e.stays = true
	case "work":
		e.before, e.stays = [][]string{{"run", "nov.xlsx", "--batch", "nov", "--detach"}}, !has("--status")
	}
	if e.stays {
		e.codes = append(e.codes, 130)
	}
	return e
}

// shop is a person's machine as an example takes it: a panel that is called igwish, sheets, a key and what was done.
func (e example) shop(t *testing.T) *shop {
	t.Helper()
	w := newShop(t, sandbox.Config{Speed: cmp.Or(e.speed, -1)}, e.faults...)
	dir := filepath.Join(w.state, "config", "bulkorder")
	must(t, os.MkdirAll(dir, 0o700))
	config := fmt.Sprintf("panel = \"igwish\"\n[panels.igwish]\nurl = %q\npreset = \"standard\"\nexclusive = true\n", w.url)
	must(t, os.WriteFile(filepath.Join(dir, "config.toml"), []byte(config), 0o600))
	w.write("key.txt", key+"\n")
	t.Cleanup(func() { // before the key is looked for: these two are the person's own
		os.Remove(filepath.Join(w.dir, "key.txt"))
		os.Remove(filepath.Join(dir, "mypanel.key"))
	})
	must(t, os.Mkdir(filepath.Join(w.dir, "samples"), 0o700))
	for _, name := range []string{"samples/orders.csv", "samples/orders.xlsx"} {
		content, err := os.ReadFile("../../" + name)
		must(t, err)
		w.write(name, string(content))
	}
	e.sheets(w)
	for _, call := range e.before {
		cmd := w.command(call...)
		cmd.Env = append(cmd.Env, w.impatient()...)
		if code, out, errs := w.finish(cmd); code == 2 || code == 1 {
			t.Fatalf("%v: exit %d: %s%s", call, code, out, errs)
		}
	}
	return w
}

// sheets writes nov.xlsx and what else examples call by name: 20 rows of two clients, the last of which is wrong.
func (e example) sheets(w *shop) {
	f := excelize.NewFile()
	defer f.Close()
	text := "Client,Service,Link,Quantity\n"
	must(w.t, f.SetSheetRow("Sheet1", "A1", &[]any{"Client", "Service", "Link", "Quantity"}))
	for row := 2; row <= 21; row++ {
		n, quantity := row, 100
		if e.held && (row == 3 || row >= 7 && row <= 12) {
			n = 2
		}
		if row == 21 || e.first && row == 2 {
			quantity = 1
		}
		client := []string{"Acme", "Nord"}[row%2]
		must(w.t, f.SetSheetRow("Sheet1", fmt.Sprint("A", row), &[]any{client, 1, page("page", n), quantity}))
		text += fmt.Sprintf("%s,1,%s,%d\n", client, page("page", n), quantity)
	}
	for _, name := range []string{"nov.xlsx", "orders.xlsx"} {
		must(w.t, f.SaveAs(filepath.Join(w.dir, name)))
	}
	w.write("nov.csv", text)
}

// impatient are settings that a person at a terminal would say, or wait for.
func (w *shop) impatient() []string {
	return []string{"BULKORDER_URL=", "BULKORDER_YES=true", "BULKORDER_RATE=1000/s", "BULKORDER_CONCURRENCY=1",
		"BULKORDER_AFTER=1s", "BULKORDER_ADDR=127.0.0.1:0"}
}

// enter gives a line to a shell, as it stands but for addresses that nobody has.
func (w *shop) enter(line string, stays bool) (code int, out, errs string) {
	w.t.Helper()
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	w.t.Cleanup(hook.Close)
	line = strings.NewReplacer("https://panel.example/api/v2", w.url, "https://panel.example/api", w.url,
		"https://chat.example/hook", hook.URL, "127.0.0.1:8080", "127.0.0.1:0").Replace(line)
	path := w.t.TempDir()
	must(w.t, os.Symlink(program, filepath.Join(path, "bulkorder")))
	like := w.command()
	shell := exec.Command("sh", "-c", "exec "+line)
	if strings.Contains(line, "||") {
		shell = exec.Command("sh", "-c", line)
	}
	shell.Dir, shell.Env = like.Dir, append(like.Env, w.impatient()...)
	shell.Env = append(shell.Env, "PATH="+path+":"+os.Getenv("PATH"))
	if strings.Contains(line, "--url") {
		shell.Env = append(shell.Env, "BULKORDER_PANEL=")
	}
	if strings.Contains(line, "password") {
		shell.Stdin = strings.NewReader(password + "\n" + password + "\n")
	}
	patience, last := time.Minute, syscall.SIGKILL
	if stays {
		patience, last = 3*time.Second, syscall.SIGINT
	}
	defer time.AfterFunc(patience, func() { shell.Process.Signal(last) }).Stop()
	return w.finish(shell)
}
