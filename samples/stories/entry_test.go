package stories_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// certify writes a certificate for this machine and for page.test, and gives the files' names.
func (w *shop) certify() (cert, key string) {
	w.t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(w.t, err)
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "page"},
		DNSNames: []string{"page.test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, private.Public(), private)
	must(w.t, err)
	text, err := x509.MarshalPKCS8PrivateKey(private)
	must(w.t, err)
	w.write("page.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	w.write("page.key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: text})))
	return filepath.Join(w.dir, "page.pem"), filepath.Join(w.dir, "page.key")
}

// person makes the configuration's lines of a person with a password.
func (w *shop) person(name, password string) string {
	w.t.Helper()
	cmd := w.command("serve", "password", name)
	cmd.Stdin = strings.NewReader(password + "\n")
	code, out, errs := w.finish(cmd)
	begins := "[people." + name + "]\npassword = '$argon2id$"
	if code != 0 || !strings.HasPrefix(out, begins) || strings.Contains(out, password) {
		w.t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	return out
}

// newcomer is a browser without a cookie.
func (b *browser) newcomer() *browser {
	jar, err := cookiejar.New(nil)
	must(b.w.t, err)
	client := &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: b.Transport}
	return &browser{Client: client, w: b.w, addr: b.addr,
		scheme: b.scheme, more: b.more, process: b.process}
}

// TestPeopleSignIn: beyond this machine the page is for people with passwords, over TLS; who places, decides and
// cancels stands in the books; wrong passwords are slowed down; signing out and another password end what was signed
// in.
func TestPeopleSignIn(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:closed:after:n=3")
	cert, key := w.certify()
	short := w.command("serve", "password", "anna")
	short.Stdin = strings.NewReader("short\n")
	if code, out, errs := w.finish(short); code != 2 || out != "" {
		t.Errorf("a short password: exit %d: %s%s", code, out, errs)
	}
	anna, bert := w.person("anna", "seven green bottles"), w.person("bert", "nobody reads this")
	configure := func(text string) {
		must(t, os.MkdirAll(filepath.Join(w.state, "config", "bulkorder"), 0o700))
		must(t, os.WriteFile(filepath.Join(w.state, "config", "bulkorder", "config.toml"), []byte(text), 0o600))
	}
	w.wrong([]string{"serve", "--addr", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key}, "people with passwords")
	configure("[people.anna]\npassword = 'secret'\n")
	w.wrong([]string{"serve", "--addr", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key}, "is no argon2id hash")
	configure(anna + bert)
	w.wrong([]string{"serve", "--addr", "0.0.0.0:0"}, "this machine alone")
	w.wrong([]string{"serve", "--addr", "0.0.0.0:0", "--tls-cert", cert}, "go together")

	w.write("t.csv", followers("terminal", 3))
	w.call("run", "t.csv", "--yes", "--rate", "50/s", "--batch", "terminal", "--concurrency", "1")
	trust := x509.NewCertPool()
	text, err := os.ReadFile(cert)
	must(t, err)
	trust.AppendCertsFromPEM(text)
	b := &browser{Client: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trust}}}, w: w,
		addr: "0.0.0.0:0", scheme: "https", more: []string{"--tls-cert", cert, "--tls-key", key}}
	if link := b.start(); strings.Contains(link, "token") {
		t.Errorf("beyond this machine a link lets people in: %s", link)
	}
	b.addr = strings.Replace(b.addr, "page.test", "127.0.0.1", 1)
	b = b.newcomer()
	signIn := func(b *browser, name, password string) int {
		t.Helper()
		code, _ := b.post("/in", url.Values{"name": {name}, "password": {password}, "to": {"/batches"}})
		return code
	}
	if code, _ := b.get("/batches"); code != 200 || b.at != "/in" {
		t.Errorf("a stranger: %d at %s", code, b.at)
	}
	if code, _ := b.post("/sheets", nil); code != 403 {
		t.Errorf("a stranger's form: %d", code)
	}
	if code := signIn(b, "anna", "nobody reads this"); code != 401 {
		t.Errorf("another one's password: %d", code)
	}
	if code := signIn(b, "anna", "seven green bottles"); code != 200 || b.at != "/batches" {
		t.Fatalf("signed in: %d at %s", code, b.at)
	}
	for _, c := range b.Jar.Cookies(&url.URL{Scheme: "https", Host: b.addr}) {
		if c.Name != "__Host-bulkorder" && !strings.HasPrefix(c.Name, "__Host-bulkorder-device-") {
			t.Errorf("the cookie is %s", c.Name)
		}
	}
	form, err := http.NewRequest("POST", "https://"+b.addr+"/in",
		strings.NewReader("name=anna&password=seven+green+bottles"))
	must(t, err)
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := b.Transport.RoundTrip(form)
	must(t, err)
	answer.Body.Close()
	for _, want := range []string{"; Path=/;", "; HttpOnly", "; Secure", "; SameSite=Strict"} {
		if cookie := answer.Header.Get("Set-Cookie"); !strings.Contains(cookie, want) {
			t.Errorf("the cookie lacks %q: %s", want, cookie)
		}
	}
	signed := b.Jar.Cookies(&url.URL{Scheme: "https", Host: b.addr})[0]

	// Bert decides, and has a sheet reviewed, which Anna places.
	other := b.newcomer()
	if code, _ := other.post("/in", url.Values{"name": {"bert"}, "password": {"nobody reads this"},
		"to": {"//evil.example/"}}); code != 200 || other.at != "/" {
		t.Errorf("bert: %d at %s", code, other.at)
	}
	id := ""
	for _, o := range w.sandbox.Ledger() {
		if o.Fields["link"] == "https://example.com/terminal/3" {
			id = o.ID
		}
	}
	if code, text := other.post("/batches/terminal/doubt", url.Values{"row": {"4"}, "do": {"placed"}, "order": {id},
		"reason": {"seen"}}); code != 200 {
		t.Errorf("%d: %s", code, text)
	}
	if _, page := b.get("/batches/terminal/rows/4"); !strings.Contains(page, "bert: ") {
		t.Errorf("who decided isn't told: %s", page)
	}
	other.upload("a.csv", followers("page", 3))
	sheet := other.at
	other.get(sheet + "/review")
	_, page := b.get(sheet + "/place")
	b.post(sheet+"/place", url.Values{"rows": {hidden(page, "rows")}, "shown": {hidden(page, "shown")}})
	batch := b.at
	until(t, "the orders", func() bool { _, page = b.get(batch); return strings.Contains(page, "3 placed<") })
	if !strings.Contains(page, "placed by anna") {
		t.Errorf("who placed it isn't told: %s", page)
	}
	if _, page = other.get(batch + "/request?action=cancel&row=2"); !strings.Contains(page, "Cancel 1 order<") {
		t.Errorf("what would be cancelled: %s", page)
	}
	for _, c := range []struct {
		shown string
		want  int
	}{{"others", 422}, {hidden(page, "shown"), 200}} {
		form := url.Values{"action": {"cancel"}, "rows": {"2"}, "shown": {c.shown}}
		if code, page := other.post(batch+"/request", form); code != c.want {
			t.Errorf("cancelling what was shown as %q: %d: %s", c.shown, code, page)
		}
	}
	if _, page = b.get(batch + "/rows/2"); !strings.Contains(page, "bert: cancel, taken") {
		t.Errorf("who cancelled isn't told: %s", page)
	}
	if _, out, _ := w.call("history", "--json"); !strings.Contains(out, `"by":"anna"`) {
		t.Errorf("the books don't tell who placed: %s", out)
	}

	// Signed out, the cookie that was kept is void; so is one after another password.
	if code, _ := b.post("/out", nil); code != 200 || b.at != "/in" {
		t.Errorf("signed out: %d at %s", code, b.at)
	}
	b.Jar.SetCookies(&url.URL{Scheme: "https", Host: b.addr, Path: "/"}, []*http.Cookie{{Name: signed.Name,
		Value: signed.Value, Secure: true, Path: "/"}})
	if b.get("/"); b.at != "/in" {
		t.Errorf("the old cookie leads to %s", b.at)
	}
	must(t, b.process.Process.Kill())
	b.process.Wait()
	configure(anna + w.person("bert", "another long one"))
	b.addr = strings.Replace(b.addr, "127.0.0.1", "0.0.0.0", 1)
	b.start()
	b.addr = strings.Replace(b.addr, "page.test", "127.0.0.1", 1)
	if other.get("/"); other.at != "/in" {
		t.Errorf("the cookie of the old password leads to %s", other.at)
	}
	if b.get("/"); b.at != "/in" {
		t.Errorf("after a new start the old cookie leads to %s", b.at)
	}

	var codes []int
	for n := range 7 {
		codes = append(codes, signIn(b, "anna", fmt.Sprintf("guess number %d", n)))
	}
	if codes[0] != 401 || codes[6] != 429 {
		t.Errorf("wrong passwords: %v", codes)
	}
	if code := signIn(b, "anna", "seven green bottles"); code != 429 {
		t.Errorf("the right one among them: %d", code)
	}
	for host, code := range map[string]int{"page.test": 200, "page.test:8443": 200, "evil.example": 421, "": 421} {
		req, err := http.NewRequest("GET", "https://"+b.addr+"/in", nil)
		must(t, err)
		if req.Host = host; host == "" {
			req.Host = "[::2]"
		}
		resp, err := b.Do(req)
		must(t, err)
		resp.Body.Close()
		if resp.StatusCode != code {
			t.Errorf("the host %q: %d", host, resp.StatusCode)
		}
	}
}
