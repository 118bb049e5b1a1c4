package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestAPanelIsAddedOnThePage: once it answered to its key, at exactly its address; the key is in one file, which its
// owner alone can read, and nowhere else; the server knows the panel at once.
func TestAPanelIsAddedOnThePage(t *testing.T) {
	const secret = "s3cret-key-of-the-panel"
	v := newVisit(t)
	dir := t.TempDir()
	config := filepath.Join(dir, "bulkorder", "config.toml")
	v.config = config
	v.starts()
	panel, err := sandbox.New(sandbox.Config{Key: secret, Balance: "77", Speed: -1})
	must(t, err)
	server := httptest.NewServer(panel)
	t.Cleanup(func() { panel.Close(); server.Close() })
	elsewhere := httptest.NewServer(http.RedirectHandler(server.URL+"/api/v2", http.StatusTemporaryRedirect))
	t.Cleanup(elsewhere.Close)
	nothing := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(nothing.Close)
	address := server.URL + "/api/v2"
	if _, page := v.get("/accounts"); !strings.Contains(page, filepath.Join(dir, "bulkorder", "NAME.key")) {
		t.Error("nobody says where the key goes")
	}
	for _, c := range []struct {
		sentence, name, address, key string
		code                         int
		says                         string
	}{
		{"no name", "", address, secret, 422, "called by letters"},
		{"a name that is a path", "../mine", address, secret, 422, "called by letters"},
		{"the sample panel", "sandbox", address, secret, 422, "set up already"},
		{"a name that can't be told from another", "SAND-BOX", address, "another-key", 502, "nvalid"},
		{"a name that is another's in capitals", "SandBox", address, secret, 422, "told from"},
		{"no key", "mine", address, "", 422, "the key is empty"},
		{"no address of an unknown panel", "mine", "", secret, 422, "give the address"},
		{"plain http to elsewhere", "mine", "http://panel.example/api/v2", secret, 422, "plain http"},
		{"another scheme", "mine", "ftp://127.0.0.1/api", secret, 422, "no address of a panel"},
		{"a password in the address", "mine",
			strings.Replace(address, "http://", "http://me:pass@", 1), secret, 422, "no address"},
		{"a query in the address", "mine", address + "?a=b", secret, 422, "no query"},
		{"a wrong key", "mine", address, "wrong" + secret, 502, "nvalid"},
		{"no panel there", "mine", nothing.URL, secret, 502, ""},
		{"one that sends elsewhere", "mine", elsewhere.URL, secret, 502, ""},
		{"nobody there", "mine", "http://127.0.0.1:1/api/v2", secret, 502, "be reached"},
	} {
		code, text := v.post("/accounts", url.Values{"name": {c.name}, "url": {c.address}, "key": {c.key}})
		if code != c.code || !strings.Contains(text, c.says) || !strings.Contains(text, "Test and add") {
			t.Errorf("%s: %d: %s", c.sentence, code, text)
		}
		if c.key != "" && strings.Contains(text, c.key) {
			t.Errorf("%s: the key is shown", c.sentence)
		}
		if files, _ := os.ReadDir(filepath.Dir(config)); len(files) > 0 {
			t.Fatalf("%s: %v was kept", c.sentence, files)
		}
	}
	code, text := v.post("/accounts", url.Values{"name": {"mine"}, "url": {address}, "key": {secret}})
	if code != 200 || !strings.Contains(text, "mine answered, and was added") || strings.Contains(text, secret) {
		t.Fatalf("%d: %s", code, text)
	}
	keyFile := filepath.Join(dir, "bulkorder", "mine.key")
	if !strings.Contains(text, keyFile) {
		t.Errorf("nobody says where the key is: %s", text)
	}
	for _, file := range []string{config, keyFile} {
		info, err := os.Stat(file)
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", file, info.Mode())
		}
	}
	kept, err := os.ReadFile(config)
	must(t, err)
	if strings.Contains(string(kept), secret) || !strings.Contains(string(kept), address) {
		t.Errorf("the configuration: %s", kept)
	}
	if code, text := v.post("/accounts/mine/ask", nil); code != 200 || !strings.Contains(text, "77.00 USD") {
		t.Errorf("its balance: %d: %s", code, text)
	}
	if _, text := v.get("/"); !strings.Contains(text, `<option value="mine"`) {
		t.Error("it can't be chosen")
	}
	if code, text := v.post("/accounts", url.Values{"name": {"mine"}, "url": {address}, "key": {secret}}); code != 422 {
		t.Errorf("again: %d: %s", code, text)
	}
	v.on = "mine"
	sheet, _ := v.upload("a.csv", sheetOf("1,"+link+"1,100"))
	v.place(sheet)
	if v.send(); len(panel.Ledger()) != 1 || len(v.panel.Ledger()) != 0 {
		t.Errorf("%d orders there, %d elsewhere", len(panel.Ledger()), len(v.panel.Ledger()))
	}
}
