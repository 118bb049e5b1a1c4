package stories_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// TestARehearsalOrdersNothing: the real panel is asked for services and balance, and its books know of nothing; then
// the sheet is ordered as if there had been none, also where the rehearsal's workbook bears the name of results.
func TestARehearsalOrdersNothing(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1, Balance: "123.45"})
	w.write("a.csv", followers("page", 3))
	code, r := w.result("run", "a.csv", "--rehearse", "--rate", "100/s")
	if code != 0 || r.Rows.Placed != 3 || r.Batch != "" || r.Money.BalanceBefore != "123.45" {
		t.Fatalf("exit %d, %+v", code, r)
	}
	if len(w.sandbox.Ledger()) > 0 {
		t.Fatalf("%d orders", len(w.sandbox.Ledger()))
	}
	for _, q := range w.sandbox.Requests() {
		if q.Action != "services" && q.Action != "balance" {
			t.Errorf("the panel was asked for %s", q.Action)
		}
	}
	if _, out, _ := w.call("history"); !strings.Contains(out, "There are no batches yet") {
		t.Errorf("history: %s", out)
	}
	if code, _, _ := w.call("resume", "--yes"); code != 2 || len(w.sandbox.Ledger()) > 0 {
		t.Errorf("resume: exit %d, %d orders", code, len(w.sandbox.Ledger()))
	}
	book := filepath.Join(w.dir, "a.rehearsal.xlsx")
	everySheetSaysSo(t, book)
	must(t, os.Rename(book, filepath.Join(w.dir, "a.results.xlsx")))
	if code, r := w.paste(r.Next); code != 0 || r.Rows.Placed != 3 || len(w.sandbox.Ledger()) != 3 {
		t.Errorf("in earnest: exit %d, %+v, %d orders", code, r.Rows, len(w.sandbox.Ledger()))
	}
}

func everySheetSaysSo(t *testing.T, path string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	must(t, err)
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		if text, err := f.GetCellValue(sheet, "A1"); err != nil || !strings.HasPrefix(text, "REHEARSAL") {
			t.Errorf("%s begins with %q: %v", sheet, text, err)
		}
	}
	rows, err := f.GetRows("Orders")
	must(t, err)
	for _, name := range rows[0] {
		if name == "Order ID" || name == "State" {
			t.Errorf("Orders has a column %s, as real results do", name)
		}
	}
}

// TestARehearsalReachesNoOtherPanel: whatever a sheet names.
func TestARehearsalReachesNoOtherPanel(t *testing.T) {
	t.Parallel()
	w, other := newShop(t, sandbox.Config{Speed: -1}), newShop(t, sandbox.Config{Speed: -1})
	config := filepath.Join(w.dir, "c.toml")
	w.write("c.toml", "[panels.mine]\nurl = \""+w.url+"\"\n[panels.other]\nurl = \""+other.url+"\"\n")
	w.write("a.csv", "panel,service,link,quantity\nmine,1,"+page("page", 1)+",100\nother,1,"+page("page", 2)+",100\n")
	code, _, errs := w.call("run", "a.csv", "--rehearse", "--config", config, "--panel", "mine", "--url", w.url)
	if code != 2 || !strings.Contains(errs, "a rehearsal is of one panel, mine") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if n := len(other.sandbox.Requests()) + len(w.sandbox.Ledger()); n > 0 {
		t.Errorf("%d requests and orders", n)
	}
}

// TestARehearsalWithFaults shows how rows end in doubt, and leaves no doubt behind.
func TestARehearsalWithFaults(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	w.write("a.csv", followers("page", 40))
	code, r := w.result("run", "a.csv", "--rehearse=doubled", "--rate", "200/s")
	if code == 0 || r.Rows.Total != 40 || len(w.sandbox.Ledger()) > 0 {
		t.Errorf("exit %d, %+v", code, r.Rows)
	}
	if code, _, _ := w.call("run", "a.csv", "--rehearse=nonsense"); code != 2 {
		t.Errorf("exit %d", code)
	}
}
