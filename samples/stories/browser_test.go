package stories_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"bulkorder/samples/sandbox"
)

// window is a real browser's, without a screen.
type window struct {
	t   *testing.T
	ctx context.Context
}

// newWindow opens one. Where no Chromium is installed the test is left out, unless BULKORDER_TEST_CHROMIUM says that
// there must be one. Debian calls it chromium.
func newWindow(t *testing.T, options ...chromedp.ExecAllocatorOption) *window {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("BULKORDER_TEST_CHROMIUM") == "required" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("there is no Chromium here")
	}
	all := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(all, options...)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	return &window{t, ctx}
}

// tab opens another tab of the same browser.
func (w *window) tab(t *testing.T) *window {
	t.Helper()
	ctx, cancel := chromedp.NewContext(w.ctx)
	t.Cleanup(cancel)
	return &window{t, ctx}
}

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, steps...); err != nil {
		w.t.Fatal(err)
	}
}

// anew does what leads to a page, and waits for it: also where it looks like the one before.
func (w *window) anew(step chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	_, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`window.before = true`))
	must(w.t, err)
	w.do(step)
	until(w.t, "another page", func() bool {
		is, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`!("before" in window) && document.readyState === "complete"`))
		return err == nil && is
	})
}

// button, link and field find what a person sees by its name.
func button(name string) string { return `//button[normalize-space()="` + name + `"]` }

func link(name string) string { return `//a[starts-with(normalize-space(),"` + name + `")]` }

func field(name string) string {
	return `//*[@aria-label="` + name + `" or @id=//label[normalize-space()="` + name + `"]/@for]`
}

func says(text string) string { return `//*[contains(normalize-space(text()),"` + text + `")]` }

// shoot keeps a picture of the page where BULKORDER_TEST_SHOTS names a folder.
func (w *window) shoot(name string) {
	w.t.Helper()
	dir := os.Getenv("BULKORDER_TEST_SHOTS")
	if dir == "" {
		return
	}
	for _, size := range []struct {
		name, scheme string
		wide         int64
	}{{"", "light", 1200}, {"-dark", "dark", 1200}, {"-phone", "light", 390}} {
		w.do(chromedp.EmulateViewport(size.wide, 900))
		w.scheme(size.scheme)
		png, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(100))
		must(w.t, err)
		must(w.t, os.WriteFile(filepath.Join(dir, name+size.name+".png"), png, 0o600))
	}
	w.do(chromedp.ResetViewport())
}

// TestInABrowser is what people do in a real one, which is opened once for all of it.
func TestInABrowser(t *testing.T) {
	t.Parallel()
	v := newWindow(t)
	v.do(chromedp.Navigate("about:blank"))
	t.Run("a person orders", func(t *testing.T) { aPersonOrders(t, v.tab(t)) })
	t.Run("an office book is ordered", func(t *testing.T) { anOfficeBookIsOrdered(t, v.tab(t)) })
	t.Run("a panel is added", func(t *testing.T) { aPanelIsAdded(t, v.tab(t)) })
	t.Run("two tabs place once", func(t *testing.T) { twoTabsPlaceOnce(t, v.tab(t), v.tab(t)) })
	t.Run("everybody can use every page", func(t *testing.T) { everybodyCan(t, v.tab(t)) })
	t.Run("no script of anybody else runs", func(t *testing.T) { noScriptRuns(t, v.tab(t)) })
}

// aPersonOrders: a sheet with a mistake, a duplicate and a short number is dropped, mended in place, placed, and
// watched live.
func aPersonOrders(t *testing.T, v *window) {
	w := newShop(t, sandbox.Config{Speed: -1})
	b := &browser{w: w, addr: "127.0.0.1:0"}
	way := b.start()
	link1 := page("page", 1)
	w.write("november.csv", "Client,Servis,link,Adet\nNord,1,"+link1+",100\nSüd,1,"+page("page", 2)+",5\n,1,"+
		page("page", 3)+",1k\n,1,"+link1+",100\n")
	v.do(chromedp.Navigate("http://"+b.addr+way), chromedp.WaitVisible(button("Read")))
	v.shoot("home")
	v.accessible("home")
	v.do(chromedp.SetUploadFiles(field("Sheet"), []string{filepath.Join(w.dir, "november.csv")}),
		chromedp.Click(button("Read")), chromedp.WaitVisible(button("Review")))
	v.shoot("read")
	v.accessible("read")
	v.do(chromedp.Click(button("Review")), chromedp.WaitVisible(field("Rows")))
	v.shoot("review")
	v.accessible("review")
	v.do(chromedp.SetValue(field("Adet, row 3"), "500"), chromedp.Click(button("Judge row 3")),
		chromedp.WaitVisible(link("Wrong 1")), chromedp.Click(button("Read 1k as 1000, all 1")),
		chromedp.WaitVisible(link("Will be ordered 3")), chromedp.Click(button("Place…")),
		chromedp.WaitVisible(button("Place 3 orders")))
	v.shoot("place")
	v.accessible("place")
	if n := len(w.sandbox.Ledger()); n > 0 {
		t.Fatalf("%d orders before the word", n)
	}
	v.do(chromedp.DoubleClick(button("Place 3 orders")), chromedp.WaitVisible(`//progress`),
		chromedp.WaitVisible(says("3 placed")), chromedp.WaitVisible(button("Refresh now"))) // by events: nobody reloads
	v.shoot("batch")
	v.accessible("batch")
	text, err := chromedp.Run(v.ctx, chromedp.Text(`//main`))
	must(t, err)
	if !strings.Contains(text, "1 held") {
		t.Errorf("the page says %s", text)
	}
	v.do(chromedp.Click(link("Batches")), chromedp.WaitVisible(field("Batches")))
	v.shoot("batches")
	v.do(chromedp.Click(link("Accounts")), chromedp.WaitVisible(field("Accounts")))
	v.shoot("accounts")
	v.accessible("accounts")
	counts := w.counts()
	if len(counts) != 3 || counts[link1] != 1 {
		t.Errorf("the ledger: %v", counts)
	}
}

// accessible wants a page in which axe-core finds nothing of the levels A and AA, on a phone, and in both colour
// schemes, and which isn't wider than the phone. BULKORDER_TEST_AXE names its script.
func (w *window) accessible(name string) {
	w.t.Helper()
	w.do(chromedp.EmulateViewport(390, 800))
	defer w.do(chromedp.ResetViewport())
	wide, err := chromedp.Run(w.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
	must(w.t, err)
	if wide > 390 {
		w.t.Errorf("%s is %d wide on a phone of 390", name, wide)
	}
	path := os.Getenv("BULKORDER_TEST_AXE")
	if path == "" {
		w.t.Logf("%s: BULKORDER_TEST_AXE isn't set: whether everybody can use it is not looked at", name)
		return
	}
	script, err := os.ReadFile(path)
	must(w.t, err)
	_, err = chromedp.Run(w.ctx, chromedp.Evaluate[any](string(script)+"; 1"))
	must(w.t, err)
	for scheme, rules := range map[string]string{
		"light": `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`,
		"dark":  `{type: "rule", values: ["color-contrast"]}`, // nothing else has to do with it
	} {
		w.scheme(scheme)
		found, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`axe.run({runOnly: `+rules+`}).then(
			r => r.violations.map(v => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map(n => n.html).join(" ")))`,
			chromedp.EvalAwaitPromise))
		must(w.t, err)
		for _, wrong := range found {
			w.t.Errorf("%s, %s: %s", name, scheme, wrong)
		}
	}
}

// scheme has the browser prefer a colour scheme.
func (w *window) scheme(name string) {
	w.t.Helper()
	w.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return err
	}))
}
