package stories_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bulkorder/batch/journal/pgtest"
	"bulkorder/samples/sandbox"
)

// password is one that the server doesn't ask for; it must be found nowhere.
const password = "hunter2-canary-4711"

// onPostgres lets the person keep the books in a database. The address has a password in it, as it may in the
// environment.
func (w *shop) onPostgres() *shop {
	w.t.Helper()
	u, err := url.Parse(pgtest.Address(w.t))
	must(w.t, err)
	u.User = url.UserPassword("postgres", password)
	w.books = u.String()
	return w
}

// openly is the address without the password.
func (w *shop) openly() string { return strings.Replace(w.books, ":"+password, "", 1) }

// otherMachine is one one, whose worker sends too.
func (w *shop) otherMachine() *shop {
	other := *w
	other.dir, other.state = w.t.TempDir(), w.t.TempDir()
	return &other
}

// TestTheBooksInADatabase: a sheet is run, killed in the middle, gone on with, settled and refreshed, as with books in
// a file; from another machine too.
func TestTheBooksInADatabase(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Latency: 20 * time.Millisecond, Speed: -1}).onPostgres()
	const rows = 60
	w.write("orders.csv", followers("page", rows))
	w.ok(0, "check", "orders.csv")
	run := w.start("run", "orders.csv", "--yes", "--rate", "60/s", "--concurrency", "4")
	must(t, run.Process.Kill())
	run.Wait()
	b := w.show()
	if b.Rows.Queued == 0 || b.Rows.Total != rows {
		t.Fatalf("after the kill: %+v", b.Rows)
	}
	// Whoever was killed is noticed after some seconds; who comes before that waits.
	code, r := w.result("resume", "--yes", "--rate", "500/s")
	if code != 0 && code != 6 || r.Rows.Placed+r.Rows.InDoubt != rows || r.Rows.InDoubt > 4 {
		t.Errorf("exit %d, %+v", code, r.Rows)
	}
	if code, out, errs := w.call("settle", "--after", "1s"); code != 0 && code != 6 {
		t.Errorf("settle: exit %d: %s%s", code, out, errs)
	}
	if code, out, errs := w.call("refresh"); code != 0 && code != 6 {
		t.Errorf("refresh: exit %d: %s%s", code, out, errs)
	}
	w.ok(0, "report", "--out", "results.jsonl")
	w.auditLinks("results.jsonl", rows)
	w.call("history")
	w.call("explain", r.Batch, "2")
	if out := w.ok(0, "journal", "check"); !strings.Contains(out, "PostgreSQL") || !strings.Contains(out, "fail-over") {
		t.Errorf("journal check: %s", out)
	}
	w.call("doctor")
	w.wrong([]string{"journal", "backup", "copy.db"}, "pg_dump")
	w.wrong([]string{"history", "--journal", w.books}, "other users of this machine can read")

	there := w.otherMachine()
	if got := there.show(); got.Rows != w.show().Rows {
		t.Errorf("another machine shows %+v", got.Rows)
	}
	if _, out, _ := there.call("refresh"); strings.Contains(out, "could not be written") {
		t.Errorf("another machine: %s", out)
	}
	there.ok(0, "report", "--out", "elsewhere.xlsx")
	w.ok(0, "journal", "copy", w.openly(), "books.db")
	code, _, errs := w.call("resume", "--yes")
	if code == 0 || !strings.Contains(errs, "books.db, which is the journal since") {
		t.Errorf("what was copied is gone on with: exit %d: %s", code, errs)
	}
	w.books = filepath.Join(w.dir, "books.db")
	if got := w.show(); got.Rows != there.show().Rows {
		t.Errorf("the copy shows %+v", got.Rows)
	}
}

func (w *shop) show() inBackground {
	w.t.Helper()
	return w.backgroundOf("")
}

// TestWorkersOnTwoMachines: a batch is put into the books, and sent by whoever comes first; what a worker that is
// killed leaves behind another one goes on with. Results are written on the machine of the sheet.
func TestWorkersOnTwoMachines(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}).onPostgres()
	a, b, away := w.detach("a", 40), w.detach("b", 5), w.detach("away", 3)
	// The sheet of the third one is on a machine that no worker runs on.
	must(t, os.Remove(away.Workbook))
	pgtest.Exec(t, w.books, "UPDATE batches SET workbook_on = 'laptop' WHERE id = '"+away.Batch+"'")
	there := w.otherMachine()
	first := there.background("work", "--rate", "20/s")
	until(t, "the first orders", func() bool { return len(w.sandbox.Ledger()) >= 5 })
	must(t, first.Process.Signal(syscall.SIGKILL))
	first.exit()
	there.background("work", "--rate", "200/s")
	w.background("work", "--rate", "200/s")
	for _, id := range []string{a.Batch, b.Batch, away.Batch} {
		until(t, "the end", func() bool { return w.backgroundOf(id).Background == nil })
	}
	for id, n := range map[string]int{a.Batch: 40, b.Batch: 5} {
		got := w.backgroundOf(id)
		if got.Rows.Placed+got.Rows.InDoubt != n || got.Rows.Placed < n-12 {
			t.Errorf("%+v", got.Rows)
		}
		if _, err := os.Stat(got.Workbook); err != nil || filepath.Dir(got.Workbook) != w.dir {
			t.Errorf("the results: %v", err)
		}
	}
	if _, err := os.Stat(away.Workbook); err == nil {
		t.Error("results of a sheet of another machine are written here")
	}
	for link, n := range w.counts() {
		if n != 1 {
			t.Errorf("%s was ordered %d times", link, n)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(there.dir, "*")); len(found) > 0 {
		t.Errorf("on the other machine: %v", found)
	}
	code, out, errs := w.call("work", "--status")
	if code != 0 || !strings.Contains(out, "Machine") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
}
