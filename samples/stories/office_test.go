package stories_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"bulkorder/samples/sandbox"
)

// officeBook is a customer's workbook that LibreOffice has saved: two months and notes, a Turkish header, a row too
// small, numbers as people write them, a row twice and one that is cancelled. [makeOfficeBook] makes it anew.
const officeBook = "testdata/siparisler.xlsx"

func officeTabs() map[string][][]any {
	head := []any{"Müşteri", "Servis", "Link", "Adet", "Kod", "Durum"}
	return map[string][][]any{
		"Kasım": {
			head,
			{"Kuzey", 1, page("office", 1), 100, "K-1", ""},
			{"Güney", 1, page("office", 2), 5, "K-2", ""},
			{"Doğu", 1, page("office", 3), "1k", "K-3", ""},
			{"Batı", 1, page("office", 4), "2k", "K-4", ""},
			{"Kuzey", 1, page("office", 1), 100, "", ""},
			{"Kuzey", 1, page("office", 7), 100, "K-7", "iptal"},
		},
		"Aralık": {head, {"Kuzey", 1, page("office", 5), 300, "A-1", ""}, {"Güney", 1, page("office", 6), 400, "A-2", ""}},
		"Notlar": {{"Kasım bitmeden ödenecek"}},
	}
}

// officeOrders are the orders of the book when it is mended: quantities by link.
func officeOrders() map[string]string {
	return map[string]string{page("office", 1): "100", page("office", 2): "500", page("office", 3): "1000",
		page("office", 4): "2000", page("office", 5): "300", page("office", 6): "400"}
}

// TestTheOfficeBookHoldsWhatItsStoryTells: the file and its description are of one book.
func TestTheOfficeBookHoldsWhatItsStoryTells(t *testing.T) {
	if os.Getenv("BULKORDER_SHEETS") == "make" {
		makeOfficeBook(t)
	}
	f, err := excelize.OpenFile(officeBook)
	must(t, err)
	defer f.Close()
	for name, rows := range officeTabs() {
		got, err := f.GetRows(name)
		must(t, err)
		for r, cells := range rows {
			words := strings.TrimSpace(fmt.Sprintln(cells...))
			if r >= len(got) || strings.TrimSpace(strings.Join(got[r], " ")) != words {
				t.Errorf("row %d of %s isn't %q: %q", r+1, name, words, got)
			}
		}
	}
}

//go:generate env BULKORDER_SHEETS=make go test -count=1 -run ^TestTheOfficeBookHoldsWhatItsStoryTells$ .

// makeOfficeBook lets LibreOffice save the book: go generate ./samples/stories.
func makeOfficeBook(t *testing.T) {
	t.Helper()
	f := excelize.NewFile()
	for _, name := range []string{"Kasım", "Aralık", "Notlar"} {
		_, err := f.NewSheet(name)
		must(t, err)
		for r, cells := range officeTabs()[name] {
			must(t, f.SetSheetRow(name, fmt.Sprintf("A%d", r+1), &cells))
		}
	}
	must(t, f.DeleteSheet("Sheet1"))
	source := filepath.Join(t.TempDir(), filepath.Base(officeBook))
	must(t, f.SaveAs(source))
	text, err := exec.Command("soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to",
		"xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Dir(officeBook), source).CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice fails: %v\n%s", err, text)
	}
}

// asReviewed wants each row of the book in the panel's ledger once, as the review showed it.
func (w *shop) asReviewed() {
	w.t.Helper()
	want := officeOrders()
	for _, o := range w.sandbox.Ledger() {
		if want[o.Fields["link"]] != o.Fields["quantity"] {
			w.t.Errorf("%s × %s was ordered, want %q", o.Fields["link"], o.Fields["quantity"], want[o.Fields["link"]])
		}
		delete(want, o.Fields["link"])
	}
	if len(want) > 0 {
		w.t.Errorf("not ordered: %v", want)
	}
}

// anOfficeBookIsOrdered: by hand, in a real browser, as its owner would.
func anOfficeBookIsOrdered(t *testing.T, v *window) {
	w := newShop(t, sandbox.Config{Speed: -1})
	b := &browser{w: w, addr: "127.0.0.1:0"}
	way := b.start()
	book, err := filepath.Abs(officeBook)
	must(t, err)
	tab := func(name string) string { return `//label[contains(.,"` + name + `")]/input` }
	v.do(chromedp.Navigate("http://"+b.addr+way), chromedp.WaitVisible(button("Read")),
		chromedp.SetUploadFiles(field("Sheet"), []string{book}), chromedp.Click(button("Read")),
		chromedp.WaitVisible(button("Review")), chromedp.Click(tab("Kasım")), chromedp.Click(tab("Aralık")),
		chromedp.SetValue(field("Kod is"), "ref"))
	v.accessible("read of several worksheets")
	v.do(chromedp.Click(button("Review")), chromedp.WaitVisible(field("Rows")),
		chromedp.SetValue(field("Adet, row Kasım!3"), "500"), chromedp.Click(button("Judge row Kasım!3")),
		chromedp.WaitVisible(link("Wrong 2")), chromedp.Click(button("Read 1k as 1000, all 2")),
		chromedp.WaitVisible(link("Wrong 0")), chromedp.WaitVisible(link("Will be ordered 6")),
		chromedp.WaitVisible(link("Held 2")))
	v.accessible("review with a decision")
	v.shoot("review-office")
	v.do(chromedp.Click(button("Place…")), chromedp.WaitVisible(button("Place 6 orders")),
		chromedp.Click(button("Place 6 orders")), chromedp.WaitVisible(says("6 placed")),
		chromedp.WaitVisible(button("Refresh now")))
	v.anew(chromedp.Click(button("Refresh now")))
	v.do(chromedp.WaitVisible(`//td[normalize-space()="Pending"]`), chromedp.WaitVisible(link("Results workbook")))
	size, err := chromedp.Run(v.ctx, chromedp.Evaluate[int](`fetch([...document.querySelectorAll("a")].find(
		a => a.textContent === "Results workbook").href).then(r => r.blob()).then(b => b.size)`, chromedp.EvalAwaitPromise))
	must(t, err)
	if size < 5000 {
		t.Errorf("the results have %d bytes", size)
	}
	w.asReviewed()
	v.do(chromedp.Click(button("Cancel…")), chromedp.WaitVisible(button("Show what would be asked")),
		chromedp.Click(`//label[contains(.,"All orders of the batch")]/input`))
	v.anew(chromedp.Click(button("Show what would be asked")))
	v.do(chromedp.WaitVisible(`//h1[.="Cancel orders"]`))
	v.accessible("what would be canceled")
}

// TestAnOfficeBookIsOrderedWithoutScripts: the same way by forms alone, with the server killed before each step.
func TestAnOfficeBookIsOrderedWithoutScripts(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	content, err := os.ReadFile(officeBook)
	must(t, err)
	b := w.serve()
	b.upload(filepath.Base(officeBook), string(content))
	sheet, text := b.at, ""
	for _, step := range []struct {
		path string
		said url.Values
		want string // rows that will be ordered
	}{
		{"", url.Values{"tab": {"Kasım", "Aralık"}, "column Kod": {"ref"}}, "3"},
		{"/row", url.Values{"line": {"Kasım!3"}, "do": {"edit"}, "cell D": {"500"}}, "4"},
		{"/fix", url.Values{"name": {"accept-k"}}, "6"},
	} {
		b.killed()
		if _, text = b.post(sheet+step.path, step.said); chip(text, "Will be ordered") != step.want {
			t.Fatalf("%s: %s will be ordered, want %s: %s", step.path, chip(text, "Will be ordered"), step.want, text)
		}
	}
	if chip(text, "Held") != "2" || !strings.Contains(text, "iptal") {
		t.Errorf("%s rows are held: %s", chip(text, "Held"), text)
	}
	b.killed()
	b.placedThroughKills(sheet)
	if !strings.HasPrefix(b.at, "/batches/") {
		t.Fatalf("at %s", b.at)
	}
	batch := b.at
	b.killed() // right after the answer
	until(t, "all orders", func() bool { _, text = b.get(batch); return strings.Contains(text, "6 placed") })
	b.killed()
	if code, text := b.get(batch + "/files/results.xlsx"); code != 200 || len(text) < 5000 {
		t.Errorf("the results: %d, %d bytes", code, len(text))
	}
	w.asReviewed()
}

// placedThroughKills places a sheet, with the server killed while it is at it, ever later: before anything is in the
// books, between the books and the answer, and after it. Whoever looks again is shown what became of it.
func (b *browser) placedThroughKills(sheet string) {
	b.w.t.Helper()
	for wait := time.Duration(0); wait < 100*time.Millisecond; wait += 5 * time.Millisecond {
		_, text := b.get(sheet + "/place")
		if strings.HasPrefix(b.at, "/batches/") {
			b.w.t.Logf("placed by the request that was killed before %s", wait)
			return
		}
		said := form(text, "Place ")
		answered := make(chan struct{})
		go func() {
			defer close(answered)
			req, err := http.NewRequest("POST", "http://"+b.addr+sheet+"/place", strings.NewReader(said.Encode()))
			if err != nil {
				return
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			if resp, err := b.Do(req); err == nil { // else the server was killed before it answered
				resp.Body.Close()
			}
		}()
		time.Sleep(wait)
		b.killed()
		<-answered
	}
	_, text := b.get(sheet + "/place")
	if strings.HasPrefix(b.at, "/batches/") {
		return
	}
	if code, text := b.post(sheet+"/place", form(text, "Place ")); code != 200 {
		b.w.t.Fatalf("%d: %s", code, text)
	}
}

// form gives the hidden fields of a page whose form has a button that begins so.
func form(page, button string) url.Values {
	all := url.Values{}
	for _, f := range regexp.MustCompile(`(?s)<form.*?</form>`).FindAllString(page, -1) {
		if !strings.Contains(f, ">"+button) {
			continue
		}
		for _, name := range regexp.MustCompile(`type="hidden" name="([^"]*)"`).FindAllStringSubmatch(f, -1) {
			all.Set(name[1], hidden(f, name[1]))
		}
	}
	return all
}
