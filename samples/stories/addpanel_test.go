package stories_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"bulkorder/samples/sandbox"
)

// aPanelIsAdded: by hand, in a browser; a wrong key first. What is ordered on it goes there, and nowhere else, also
// from a server that was started for another address.
func aPanelIsAdded(t *testing.T, v *window) {
	const secret = "the-key-of-another-panel"
	w := newShop(t, sandbox.Config{Speed: -1})
	other, err := sandbox.New(sandbox.Config{Key: secret, Balance: "77", Speed: -1})
	must(t, err)
	address := serve(t, other)
	config := filepath.Join(t.TempDir(), "config.toml")
	b := &browser{w: w, addr: "127.0.0.1:0", more: []string{"--config", config, "--url", w.url}}
	must(t, os.WriteFile(config, nil, 0o600))
	way := b.start()
	v.do(chromedp.Navigate("http://"+b.addr+way), chromedp.WaitVisible(button("Read")), chromedp.Click(link("Accounts")),
		chromedp.WaitVisible(button("Test and add")), chromedp.SetValue(field("Name"), "other"),
		chromedp.SetValue(field("Address"), address), chromedp.SetValue(field("Key"), "wrong"),
		chromedp.Click(button("Test and add")), chromedp.WaitVisible(`//p[@role="alert"]`))
	v.accessible("a key that is refused")
	v.shoot("accounts-refused")
	if text, err := os.ReadFile(config); err != nil || len(text) > 0 {
		t.Errorf("%v: %s was kept", err, text)
	}
	v.do(chromedp.SetValue(field("Key"), secret), chromedp.Click(button("Test and add")),
		chromedp.WaitVisible(says("other answered, and was added")), chromedp.Click(button("Ask other")),
		chromedp.WaitVisible(says("77.00 USD")))
	v.accessible("a panel that was added")
	v.shoot("accounts-added")
	page, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](`location.href + document.documentElement.outerHTML`))
	must(t, err)
	if strings.Contains(page, secret) {
		t.Error("the key is shown")
	}
	w.write("a.csv", followers("other", 2))
	v.do(chromedp.Navigate("http://"+b.addr+"/"), chromedp.WaitVisible(button("Read")),
		chromedp.SetValue(field("Account"), "other"),
		chromedp.SetUploadFiles(field("Sheet"), []string{filepath.Join(w.dir, "a.csv")}), chromedp.Click(button("Read")),
		chromedp.WaitVisible(button("Review")), chromedp.Click(button("Review")), chromedp.WaitVisible(button("Place…")),
		chromedp.Click(button("Place…")), chromedp.WaitVisible(button("Place 2 orders")),
		chromedp.Click(button("Place 2 orders")), chromedp.WaitVisible(says("2 placed")))
	if n := len(w.sandbox.Ledger()); n != 0 || len(other.Ledger()) != 2 {
		t.Errorf("%d orders there, %d at the server's own address", len(other.Ledger()), n)
	}
}

// TestWhoMayAddAPanel: people who signed in alone, with passwords.
func TestWhoMayAddAPanel(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	b := w.serve()
	jar := b.Jar
	b.Jar = nil
	code, _ := b.post("/accounts", url.Values{"name": {"other"}, "url": {w.url}, "key": {"x"}})
	if b.Jar = jar; code != 403 {
		t.Errorf("a stranger: %d", code)
	}
	if _, text := b.get("/accounts"); strings.Contains(text, ">other<") {
		t.Error("it was added")
	}
}
