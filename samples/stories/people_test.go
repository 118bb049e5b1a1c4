package stories_test

import (
	"database/sql"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"bulkorder/samples/sandbox"
)

// machine is another machine of a person who orders from the same panel: nothing is shared but the account.
func (w *shop) machine() *shop {
	w.t.Helper()
	other := &shop{t: w.t, dir: w.t.TempDir(), state: w.t.TempDir(), sandbox: w.sandbox, url: w.url}
	w.t.Cleanup(func() { other.searchKey(other.dir); other.searchKey(other.state) })
	return other
}

// with makes a call with other environment variables. A later one goes before an earlier one.
func (w *shop) with(env []string, args ...string) *exec.Cmd {
	cmd := w.command(args...)
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// journal is where the books are.
func (w *shop) journal() string { return filepath.Join(w.state, "bulkorder", "journal.db") }

// age makes everything that the journal holds older: every time that it keeps, whatever the table.
func (w *shop) age(by time.Duration) {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.journal()+"?_pragma=busy_timeout(10000)")
	must(w.t, err)
	defer db.Close()
	for _, column := range timesOf(w.t, db) {
		table, name, _ := strings.Cut(column, ".")
		_, err := db.Exec(fmt.Sprintf("UPDATE %q SET %q = %[2]q - ? WHERE %[2]q > 1000000000000", table, name),
			by.Milliseconds())
		must(w.t, err)
	}
}

// timesOf lists the columns of the journal that hold times.
func timesOf(t *testing.T, db *sql.DB) (columns []string) {
	t.Helper()
	rows, err := db.Query(`SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND (c.name = 'at' OR c.name LIKE '%\_at' ESCAPE '\')`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var column string
		must(t, rows.Scan(&column))
		columns = append(columns, column)
	}
	must(t, rows.Err())
	return columns
}

// counts counts the panel's orders by their links.
func (w *shop) counts() map[string]int {
	all := map[string]int{}
	for _, o := range w.sandbox.Ledger() {
		all[o.Fields["link"]]++
	}
	return all
}

// ordered compares the links that were ordered with those wanted, each once.
func (w *shop) ordered(links ...string) {
	w.t.Helper()
	counts := w.counts()
	var wrong []string
	for _, link := range links {
		if counts[link] != 1 {
			wrong = append(wrong, fmt.Sprintf("%s is ordered %d times, want once", link, counts[link]))
		}
		delete(counts, link)
	}
	for link, n := range counts {
		wrong = append(wrong, fmt.Sprintf("%s is ordered %d times, and nobody asked for it", link, n))
	}
	if n := len(wrong); n > 5 {
		wrong = append(wrong[:5], fmt.Sprintf("and %d more", n-5))
	}
	if len(wrong) > 0 {
		w.t.Error(strings.Join(wrong, "\n"))
	}
}

// ok runs the program and wants an exit code.
func (w *shop) ok(code int, args ...string) (words string) {
	w.t.Helper()
	got, out, errs := w.call(args...)
	if got != code {
		w.t.Errorf("%v: exit %d, want %d\n%s%s", args, got, code, out, errs)
	}
	return out + errs
}

// page is the nth link of a sheet.
func page(name string, n int) string { return fmt.Sprintf("https://example.com/%s/%d", name, n) }

func pages(name string, n int) (links []string) {
	for i := range n {
		links = append(links, page(name, i+1))
	}
	return links
}

// followers is a sheet of n rows, 100 followers each for a page of its own.
func followers(name string, n int) string {
	var b strings.Builder
	b.WriteString("service,link,quantity\n")
	for _, link := range pages(name, n) {
		fmt.Fprintf(&b, "1,%s,100\n", link)
	}
	return b.String()
}

// costs makes service 1 cost another rate from now on; shown tells whether the catalogue says so.
func (w *shop) costs(rate string, shown bool) {
	w.t.Helper()
	p := sandbox.Price{Service: 1, Rate: rate}
	if !shown {
		p.Shown = -1
	}
	must(w.t, w.sandbox.SetPrices([]sandbox.Price{p}))
}

// chargedAt counts the orders that cost so much.
func (w *shop) chargedAt(charge string) (n int) {
	for _, o := range w.sandbox.Ledger() {
		if o.Charge == charge {
			n++
		}
	}
	return n
}

// background runs the program beside the test.
func (w *shop) background(args ...string) *running {
	w.t.Helper()
	return w.runs(w.command(args...))
}

// runs starts a command.
func (w *shop) runs(cmd *exec.Cmd) *running {
	w.t.Helper()
	r := &running{Cmd: cmd, t: w.t, done: make(chan struct{})}
	r.Stdout, r.Stderr = &r.words, &r.words
	must(w.t, r.Start())
	go func() { r.Cmd.Wait(); close(r.done) }()
	w.t.Cleanup(func() { r.Process.Kill(); <-r.done })
	return r
}

// running is a process of the program.
type running struct {
	*exec.Cmd
	t     *testing.T
	words strings.Builder // all that it printed; to be read when it has ended
	done  chan struct{}
}

// exit waits until it ends, and gives its exit code.
func (r *running) exit() int {
	r.t.Helper()
	select {
	case <-r.done:
	case <-time.After(3 * time.Minute):
		r.t.Fatalf("%v doesn't end", r.Args)
	}
	return r.ProcessState.ExitCode()
}

// until waits for something to be so.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(60 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited for %s in vain", what)
		}
	}
}

// copyFile copies a file as it is now.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	must(t, err)
	must(t, os.WriteFile(to, content, 0o600))
}

// serve gives the address of a panel.
func serve(t *testing.T, panel *sandbox.Sandbox) string {
	t.Helper()
	server := httptest.NewServer(panel)
	t.Cleanup(func() { panel.Close(); server.Close() })
	return server.URL + "/api/v2"
}

// checkpoint moves what the journal's -wal holds into the journal's file, as SQLite does by itself now and then.
func (w *shop) checkpoint() {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.journal()+"?_pragma=busy_timeout(10000)")
	must(w.t, err)
	defer db.Close()
	_, err = db.Exec("PRAGMA wal_checkpoint(PASSIVE)")
	must(w.t, err)
}
