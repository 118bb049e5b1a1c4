package stories_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// older gives the shop the journal of an older version: two names of one account, Refs that differ in letter case
// alone, an order id that is another one's with a zero before it, and a queued row whose like is ordered. Its orders
// are the panel's.
func (w *shop) older() {
	t := w.t
	w.write("a.csv", "Ref,service,link,quantity\nA-1,1,https://instagram.com/anna,100\nA-2,1,https://instagram.com/ben,"+
		"100\n")
	w.write("b.csv", "Ref,service,link,quantity\na-1,1,https://instagram.com/cleo,100\nB-2,1,"+
		"https://instagram.com/dora,100\n")
	w.write("c.csv", "service,link,quantity\n1,https://instagram.com/emil,100\n1,"+
		"https://www.instagram.com/anna/?igsh=x,100\n"+
		"1,https://instagram.com/finn,100\n1,https://instagram.com/gina,10\n")
	ordered := w.machine()
	ordered.write("orders.csv",
		"service,link,quantity\n1,https://instagram.com/anna,100\n1,https://instagram.com/ben,100\n"+
			"1,https://instagram.com/cleo,100\n1,https://instagram.com/dora,100\n1,https://instagram.com/emil,100\n")
	ordered.ok(0, "run", "orders.csv", "--yes", "--rate", "100/s", "--concurrency", "1")
	text, err := os.ReadFile(filepath.Join("testdata", "journal-4.sql"))
	must(t, err)
	must(t, os.MkdirAll(filepath.Dir(w.journal()), 0o700))
	db, err := sql.Open("sqlite", "file:"+w.journal())
	must(t, err)
	_, err = db.Exec(strings.ReplaceAll(string(text), "PANEL", w.url))
	must(t, err)
	must(t, db.Close())
	w.age(-time.Since(time.UnixMilli(1795277860000))) // as if it had been written just now
	dir := filepath.Join(w.state, "config", "bulkorder")
	must(t, os.MkdirAll(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "config.toml"),
		[]byte("[panels.mine]\nurl = \""+w.url+"\"\n[panels.also]\nurl = \""+w.url+"/\"\n"), 0o600))
}

// TestAJournalOfAnOlderVersion: nothing of it is lost and nothing ordered again; what breaks the rules of now stays as
// it is and is told once; the same sheet is the same batch.
func TestAJournalOfAnOlderVersion(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.older()
	words := w.ok(0, "history")
	for _, said := range []string{"0cd5442e6d row 3", "7f9dde95e1 row 3", "order 23502", "Ref a-1", "7f9dde95e1 row 2"} {
		if !strings.Contains(words, said) {
			t.Errorf("nothing tells of %s:\n%s", said, words)
		}
	}
	if words := w.ok(0, "history"); strings.Contains(words, "older version") {
		t.Errorf("it is told a second time:\n%s", words)
	}
	for _, run := range []struct {
		sheet, panel, batch string
		code                int
		rows                []int // placed, held, invalid
	}{
		{"a.csv", "mine", "7f9dde95e1", 0, []int{2, 0, 0}},
		{"b.csv", "also", "0cd5442e6d", 0, []int{2, 0, 0}},
		{"c.csv", "also", "31843973c9", 4, []int{2, 1, 1}},
	} {
		code, r := w.result("run", run.sheet, "--panel", run.panel, "--yes", "--rate", "100/s")
		got := []int{r.Rows.Placed, r.Rows.Held, r.Rows.Invalid}
		if code != run.code || r.Batch != run.batch || !slices.Equal(got, run.rows) {
			t.Errorf("%s: exit %d, batch %s, placed, held, invalid %v; want %d, %s, %v",
				run.sheet, code, r.Batch, got, run.code, run.batch, run.rows)
		}
	}
	var links []string
	for _, name := range []string{"anna", "ben", "cleo", "dora", "emil", "finn"} {
		links = append(links, "https://instagram.com/"+name)
	}
	w.ordered(links...)
	for order, row := range map[string][]string{"23501": {"7f9dde95e1", "2"}, "023502": {"0cd5442e6d", "3"},
		"23502": {"7f9dde95e1", "3"}} {
		if words := w.ok(0, append([]string{"explain"}, row...)...); !strings.Contains(words, order) ||
			!strings.Contains(words, "Pending") {
			t.Errorf("order %s is not what row %v tells:\n%s", order, row, words)
		}
	}
	w.ok(0, "journal", "check")
}
