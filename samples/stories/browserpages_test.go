package stories_test

import (
	"context"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"bulkorder/samples/sandbox"
)

// twoTabsPlaceOnce: the same question stands in two tabs, and is answered in both; a batch of the terminal is seen to
// grow by who only looks.
func twoTabsPlaceOnce(t *testing.T, one, other *window) {
	w := newShop(t, sandbox.Config{Speed: -1})
	b := &browser{w: w, addr: "127.0.0.1:0"}
	way := b.start()
	w.write("a.csv", followers("tabs", 3))
	one.do(chromedp.Navigate("http://"+b.addr+way), chromedp.WaitVisible(button("Read")),
		chromedp.SetUploadFiles(field("Sheet"), []string{filepath.Join(w.dir, "a.csv")}), chromedp.Click(button("Read")),
		chromedp.WaitVisible(button("Review")), chromedp.Click(button("Review")), chromedp.WaitVisible(button("Place…")),
		chromedp.Click(button("Place…")), chromedp.WaitVisible(button("Place 3 orders")))
	at, err := chromedp.Run(one.ctx, chromedp.Evaluate[string](`location.href`))
	must(t, err)
	other.do(chromedp.Navigate(at), chromedp.WaitVisible(button("Place 3 orders")))
	one.do(chromedp.DoubleClick(button("Place 3 orders")))
	other.do(chromedp.DoubleClick(button("Place 3 orders")), chromedp.WaitVisible(says("3 placed")))
	one.do(chromedp.WaitVisible(says("3 placed")))
	w.onceEach(3)
	w.write("t.csv", followers("terminal", 40))
	run := w.background("run", "t.csv", "--yes", "--rate", "20/s", "--batch", "terminal")
	until(t, "the first orders", func() bool { return len(w.sandbox.Ledger()) > 4 })
	other.do(chromedp.Navigate("http://"+b.addr+"/batches/terminal"), chromedp.WaitVisible(`//progress`),
		chromedp.WaitVisible(says("40 placed"))) // nobody reloads
	if code := run.exit(); code != 0 {
		t.Errorf("the run in the terminal: exit %d", code)
	}
}

// comesIn gives a tab the cookie of a browser without scripts.
func (w *window) comesIn(b *browser) {
	w.t.Helper()
	w.do(chromedp.Navigate("http://" + b.addr + "/healthz"))
	for _, c := range b.Jar.Cookies(&url.URL{Scheme: "http", Host: b.addr}) {
		w.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, network.SetCookie,
				network.SetCookieParams{Name: c.Name, Value: c.Value, URL: "http://" + b.addr})
			return err
		}))
	}
}

// everybodyCan: each page, with all that may stand on it, also in a language that is written from right to left, can be
// used by everybody.
func everybodyCan(t *testing.T, v *window) {
	w := newShop(t, sandbox.Config{Speed: -1}, "add:closed:after:n=2",
		"add:error=الرابط غير صحيح Incorrect link:before:n=3")
	w.write("t.csv", "العميل,service,link,quantity\nشركة الشمال,1,"+page("rtl", 1)+",100\nשלום,1,"+page("rtl", 2)+
		",100\n,1,"+page("rtl", 3)+",100\n,1,"+page("rtl", 1)+",100\n,1,"+page("rtl", 4)+",5\n")
	w.call("run", "t.csv", "--yes", "--rate", "50/s", "--batch", "terminal", "--concurrency", "1")
	w.write("c.csv", "Client,service,link,quantity\nشركة الشمال,1,"+page("rtl", 7)+",100\nNord,1,"+page("rtl", 8)+",100\n")
	w.call("run", "c.csv", "--yes", "--rate", "50/s", "--batch", "clients")
	b := w.serve()
	b.upload("تجربة.csv", "service,link,quantity\nالمتابعون,"+page("rtl", 5)+",100\n1,"+page("rtl", 6)+",100\n")
	sheet := b.at
	b.post(sheet, nil)
	b.post(sheet+"/rehearsal", nil)
	b.post("/schedules", url.Values{"every": {"2h"}})
	b.post("/batches/terminal/doubt", url.Values{"do": {"settle"}})
	v.comesIn(b)
	for _, one := range []struct{ name, path string }{
		{"home-again", "/"}, {"read-again", sheet}, {"review-again", sheet + "/review?edit=3"},
		{"place-again", sheet + "/place"}, {"services", sheet + "/services?line=2&letter=A&q=followers"},
		{"batches", "/batches"}, {"batch-again", "/batches/terminal"}, {"row", "/batches/terminal/rows/2"},
		{"doubt", "/batches/terminal/doubt?row=3&take=1"},
		{"clients", "/batches/clients/clients"}, {"batch-of-clients", "/batches/clients"}, {"refill", "/batches/terminal/request?action=refill&all=on"},
		{"left-out", sheet + "/review?only=skipped"}, {"wrong-rows", sheet + "/review?only=invalid"},
		{"resume", "/batches/terminal/offer"},
		{"request", "/batches/terminal/request?action=cancel&rows=2,3"}, {"accounts-again", "/accounts"},
		{"schedules", "/schedules"}, {"catalogue", "/accounts/sandbox/catalogue?q=followers"}, {"notices", "/notices"},
		{"in", "/in"}, {"rehearsal", sheet + "/rehearsal"}, {"wrong", "/batches/nowhere"},
	} {
		v.do(chromedp.Navigate("http://"+b.addr+one.path), chromedp.WaitVisible(`//h1`))
		v.accessible(one.name)
		v.shoot(one.name)
	}
}

// noScriptRuns: with the browser's own guard put aside, no hostile text does anything on any page.
func noScriptRuns(t *testing.T, v *window) {
	w, name, sheet := hostileShop(t)
	b := w.serve()
	b.upload(name, sheet)
	at := b.at
	b.post(at, nil)
	v.comesIn(b)
	v.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.SetBypassCSP, cdppage.SetBypassCSPParams{Enabled: true})
		return err
	}))
	for _, path := range []string{at, at + "/review", at + "/review?at=201", at + "/review?edit=3", at + "/place",
		at + "/services?line=3&letter=A&q=ran", "/", "/batches?q=" + url.QueryEscape(hostile()[1])} {
		v.do(chromedp.Navigate("http://"+b.addr+path), chromedp.WaitVisible(`//h1`))
		ran, err := chromedp.Run(v.ctx, chromedp.Evaluate[bool](`"ran" in window || location.host !== "`+b.addr+`"`))
		must(t, err)
		if ran {
			t.Errorf("%s: a script ran", path)
		}
	}
}
