package stories_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bulkorder/samples/sandbox"
)

// TestASheetGoesTheWayOfThePage: it is uploaded, reviewed, mended in place, placed by a double click and watched,
// without any script; the server is killed at every step and started again.
func TestASheetGoesTheWayOfThePage(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	b := w.serve()
	link := page("page", 1)
	code, text := b.upload("november.csv", "Servis,link,Adet\n1,"+link+",100\n1,"+page("page", 2)+",5\n1,"+page("page", 3)+
		",1k\n1,"+link+",100\n")
	if code != 200 || !strings.Contains(text, `aria-label="Adet is"`) {
		t.Fatalf("%d: %s", code, text)
	}
	sheet := b.at
	b.killed()
	code, text = b.post(sheet, nil)
	if code != 200 || chip(text, "Will be ordered") != "1" || chip(text, "Wrong") != "2" || chip(text, "Held") != "1" {
		t.Fatalf("%d: %s", code, text)
	}
	if !strings.Contains(text, `aria-label="Adet, row 3"`) {
		t.Errorf("the wrong cell can't be edited: %s", text)
	}
	b.killed()
	_, text = b.post(sheet+"/row", url.Values{"line": {"3"}, "do": {"edit"}, "cell C": {"500"}})
	if chip(text, "Will be ordered") != "2" || chip(text, "Wrong") != "1" {
		t.Errorf("after the edit: %s ordered, %s wrong", chip(text, "Will be ordered"), chip(text, "Wrong"))
	}
	b.killed()
	_, text = b.post(sheet+"/fix", url.Values{"name": {"accept-k"}})
	if chip(text, "Will be ordered") != "3" || chip(text, "Wrong") != "0" {
		t.Errorf("after the fix: %s ordered, %s wrong", chip(text, "Will be ordered"), chip(text, "Wrong"))
	}
	if _, text = b.post(sheet+"/row", url.Values{"leave": {"2"}}); chip(text, "Left out") != "1" {
		t.Errorf("row 2 isn't left out: %s", text)
	}
	if _, text = b.post(sheet+"/row", url.Values{"take": {"2"}}); chip(text, "Left out") != "0" {
		t.Errorf("row 2 isn't taken in again: %s", text)
	}
	_, text = b.get(sheet + "/place")
	b.killed()
	said := url.Values{"rows": {hidden(text, "rows")}, "shown": {hidden(text, "shown")}}
	if code, text := b.post(sheet+"/place", url.Values{"rows": {"other"}, "shown": said["shown"]}); code != 422 ||
		!strings.Contains(text, "has changed") {
		t.Errorf("other rows: %d", code)
	}
	code, text = b.post(sheet+"/place", said)
	placed := b.at
	if code != 200 || !strings.HasPrefix(placed, "/batches/") {
		t.Fatalf("%d at %s: %s", code, placed, text)
	}
	b.killed()
	if code, _ = b.post(sheet+"/place", said); code != 200 || b.at != placed {
		t.Errorf("the second click: %d at %s", code, b.at)
	}
	until(t, "3 placed", func() bool { _, text = b.get(placed); return strings.Contains(text, "3 placed") })
	b.more = []string{"--metrics", "127.0.0.1:0"}
	b.killed()
	if _, text = b.get(sheet + "/review"); b.at != placed {
		t.Errorf("the sheet leads to %s", b.at)
	}
	counts := w.counts()
	if len(counts) != 3 || counts[link] != 1 || counts[page("page", 2)] != 1 || counts[page("page", 3)] != 1 {
		t.Errorf("the ledger: %v", counts)
	}
	for _, file := range []string{"results.xlsx", "results.csv"} {
		if code, text := b.get(placed + "/files/" + file); code != 200 || len(text) < 300 {
			t.Errorf("%s: %d, %d bytes", file, code, len(text))
		}
	}
	answer, err := http.Get(b.metrics)
	must(t, err)
	told, err := io.ReadAll(answer.Body)
	must(t, errors.Join(err, answer.Body.Close()))
	for _, want := range []string{`bulkorder_rows{state="placed"} 3`, `bulkorder_workers 1`,
		"bulkorder_journal_commit_seconds_count"} {
		if !strings.Contains(string(told), want) {
			t.Errorf("the metrics lack %q: %s", want, told)
		}
	}
	if code, text = b.get(placed + "/rows/3"); code != 200 || !strings.Contains(text, page("page", 2)) {
		t.Errorf("row 3: %d: %s", code, text)
	}
}

// TestDoubtIsDecidedOnThePage: an answer is lost; the card shows what is known, takes no word without a reason, and
// what is decided is kept; a held row is let go, and a batch of the terminal is seen.
func TestDoubtIsDecidedOnThePage(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:closed:after:n=2")
	w.write("a.csv", followers("page", 3)+"1,"+page("page", 3)+",100\n")
	w.call("run", "a.csv", "--yes", "--rate", "50/s", "--batch", "terminal", "--concurrency", "1")
	b := w.serve()
	if _, text := b.get("/batches?q=terminal"); !strings.Contains(text, ">terminal</a>") {
		t.Errorf("the batch of the terminal isn't seen: %s", text)
	}
	_, text := b.get("/batches/terminal")
	for _, part := range []string{"1 in doubt", "2 placed", "Order row 5 too"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q isn't there: %s", part, text)
		}
	}
	_, text = b.get("/batches/terminal/doubt")
	if !strings.Contains(text, `aria-label="Row 3"`) || !strings.Contains(text, page("page", 2)) {
		t.Fatalf("the card: %s", text)
	}
	id := ""
	for _, o := range w.sandbox.Ledger() {
		if o.Fields["link"] == page("page", 2) {
			id = o.ID
		}
	}
	decide := func(form url.Values, code int, says string) {
		t.Helper()
		got, text := b.post("/batches/terminal/doubt", form)
		if got != code || !strings.Contains(text, says) {
			t.Errorf("%v: %d: %s", form, got, text)
		}
	}
	decide(url.Values{"row": {"3"}, "do": {"placed"}, "order": {id}}, 422, "say in a few words why")
	decide(url.Values{"row": {"3"}, "do": {"placed"}, "reason": {"seen"}}, 422, "give the id")
	decide(url.Values{"row": {"3"}, "do": {"not-placed"}, "reason": {"seen"}}, 422, "row 3")
	decide(url.Values{"row": {"3"}, "do": {"placed"}, "order": {id}, "reason": {"seen"}}, 200, "No row is in doubt")
	if _, text = b.get("/batches/terminal/rows/3"); !strings.Contains(text, "seen") {
		t.Errorf("the life of the row: %s", text)
	}
	b.post("/batches/terminal/release", url.Values{"row": {"5"}})
	until(t, "row 5", func() bool { return w.counts()[page("page", 3)] == 2 })
	if n := w.counts()[page("page", 2)]; n != 1 {
		t.Errorf("row 3 was ordered %d times", n)
	}
}

// TestWhatThePageGivesToFixMayBeOrdered: a row that was refused stays out of it while another is in doubt, since it may
// have been ordered all the same; no cell of it is a formula, and what speaks against a row stands beside it.
func TestWhatThePageGivesToFixMayBeOrdered(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1}, "add:closed:before:n=2", "add:error=Incorrect link:before:n=3")
	w.write("a.csv", "service,link,quantity,note\n1,"+page("page", 1)+",5,=1+1\n1,"+page("page", 2)+",100,\n1,"+
		page("page", 3)+",100,\n1,"+page("page", 4)+",100,\n")
	w.call("run", "a.csv", "--yes", "--rate", "50/s", "--batch", "a", "--concurrency", "1")
	if _, r := w.result("show", "a"); r.Rows.InDoubt != 1 || r.Rows.Refused != 1 || r.Rows.Invalid != 1 {
		t.Fatalf("%+v", r.Rows)
	}
	code, text := w.serve().get("/batches/a/files/to-fix.csv")
	if code != 200 || !strings.Contains(text, page("page", 1)+",5,'=1+1") || !strings.Contains(text, "Warned of") {
		t.Errorf("%d: %s", code, text)
	}
	for n := 2; n <= 4; n++ {
		if strings.Contains(text, page("page", n)) {
			t.Errorf("row %d is to be fixed: %s", n+1, text)
		}
	}
}

// TestThePageRefusesWhatNoPageOfItsAsksFor: other hosts, other origins, no cookie, a token that was used, great bodies.
func TestThePageRefusesWhatNoPageOfItsAsksFor(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	b := w.serve()
	for name, c := range map[string]struct {
		method, path, host, origin, cookie string
		code                               int
		site, body                         string
	}{
		"the first page":            {"GET", "/", "", "", "good", 200, "", ""},
		"health":                    {"GET", "/healthz", "", "", "", 200, "", ""},
		"style":                     {"GET", "/assets/style.css", "", "", "", 200, "", ""},
		"no cookie":                 {"GET", "/", "", "", "", 403, "", ""},
		"no cookie, a form":         {"POST", "/sheets", "", "", "", 403, "", ""},
		"no cookie, a file":         {"GET", "/batches/x/files/results.csv", "", "", "", 403, "", ""},
		"no cookie, events":         {"GET", "/batches/x/events", "", "", "", 403, "", ""},
		"a forged cookie":           {"GET", "/batches", "", "", "9999999999.0.true.cm9vdA.00", 403, "", ""},
		"an older kind of cookie":   {"GET", "/batches", "", "", "9999999999.00", 403, "", ""},
		"a token that is none":      {"GET", "/?token=x", "", "", "", 403, "", ""},
		"an empty token":            {"GET", "/?token=", "", "", "", 403, "", ""},
		"a token by a form":         {"POST", "/?token=x", "", "", "", 403, "", ""},
		"another host":              {"GET", "/", "evil.example", "", "good", 421, "", ""},
		"another host, health":      {"GET", "/healthz", "evil.example", "", "", 421, "", ""},
		"this host elsewhere":       {"GET", "/", "127.0.0.1:1", "", "good", 421, "", ""},
		"this host without a port":  {"GET", "/", "127.0.0.1", "", "good", 421, "", ""},
		"a host below ours":         {"GET", "/", "localhost.evil.example", "", "good", 421, "", ""},
		"another origin":            {"POST", "/sheets", "", "https://evil.example", "good", 403, "", ""},
		"no origin but a form":      {"POST", "/sheets", "", "null", "good", 403, "", ""},
		"another port's origin":     {"POST", "/sheets", "", "http://127.0.0.1:1", "good", 403, "", ""},
		"another site":              {"POST", "/sheets", "", "", "good", 403, "cross-site", ""},
		"a neighbour site":          {"POST", "/sheets", "", "", "good", 403, "same-site", ""},
		"an action by GET":          {"GET", "/batches/x/pause", "", "", "good", 405, "", ""},
		"a word by GET":             {"GET", "/sheets/x/fix", "", "", "good", 405, "", ""},
		"another method":            {"DELETE", "/batches/x", "", "", "good", 405, "", ""},
		"PUT":                       {"PUT", "/sheets", "", "", "good", 405, "", ""},
		"a script's method":         {"TRACE", "/", "", "", "good", 405, "", ""},
		"no such page":              {"GET", "/../etc/passwd", "", "", "good", 404, "", ""},
		"no such asset":             {"GET", "/assets/../web.go", "", "", "good", 404, "", ""},
		"no such sheet":             {"GET", "/sheets/nowhere", "", "", "good", 404, "", ""},
		"no such sheet's file":      {"GET", "/sheets/nowhere/files/corrected.csv", "", "", "good", 404, "", ""},
		"no such batch":             {"GET", "/batches/nowhere", "", "", "good", 404, "", ""},
		"no such batch's offer":     {"GET", "/batches/nowhere/offer", "", "", "good", 404, "", ""},
		"no such file":              {"GET", "/batches/nowhere/files/x.exe", "", "", "good", 404, "", ""},
		"no such batch's file":      {"GET", "/batches/nowhere/files/results.csv", "", "", "good", 404, "", ""},
		"nothing uploaded":          {"POST", "/sheets", "", "", "good", 422, "same-origin", "--x--\r\n"},
		"more than a sheet":         {"POST", "/sheets", "", "", "good", 413, "same-origin", "large"},
		"a password of any size":    {"POST", "/in", "", "", "", 422, "same-origin", "large"},
		"who nobody knows signs in": {"POST", "/in", "", "", "", 401, "same-origin", "name=root&password=root"},
	} {
		var body io.Reader = strings.NewReader(c.body)
		if c.body == "large" {
			head := "--x\r\nContent-Disposition: form-data; name=\"sheet\"; filename=\"a.csv\"\r\n\r\n"
			body = io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, 65<<20))
		}
		req, err := http.NewRequest(c.method, "http://"+b.addr+c.path, body)
		must(t, err)
		if c.host != "" {
			req.Host = c.host
		}
		if c.origin != "" {
			req.Header.Set("Origin", c.origin)
		}
		if c.site != "" {
			req.Header.Set("Sec-Fetch-Site", c.site)
		}
		switch {
		case c.path == "/in":
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		case c.body != "":
			req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		}
		client := &http.Client{}
		switch c.cookie {
		case "good":
			client.Jar = b.Jar
		case "":
		default:
			req.AddCookie(&http.Cookie{Name: "bulkorder", Value: c.cookie})
		}
		resp, err := client.Do(req)
		if c.body == "large" && err != nil { // it hung up before all was sent
			continue
		}
		must(t, err)
		resp.Body.Close()
		if resp.StatusCode != c.code {
			t.Errorf("%s: %d, want %d", name, resp.StatusCode, c.code)
		}
		if policy := resp.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("%s: the policy is %q", name, policy)
		}
	}
	if n := len(w.sandbox.Ledger()); n > 0 {
		t.Errorf("%d orders", n)
	}
	w.wrong([]string{"serve", "--addr", "0.0.0.0:0"}, "this machine alone")
}

// zeros is a body without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

// TestThePageLetsInOnce: the link counts once, and its cookie outlives the server.
func TestThePageLetsInOnce(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	b := w.serve()
	b.killed()
	if code, _ := b.get("/"); code != 200 {
		t.Errorf("by the cookie: %d", code)
	}
	stranger := &browser{Client: &http.Client{}, w: w, addr: b.addr}
	jar, err := cookiejar.New(nil)
	must(t, err)
	stranger.Jar = jar
	if code, _ := stranger.get("/"); code != 403 {
		t.Errorf("a stranger: %d", code)
	}
	must(t, b.process.Process.Kill())
	b.process.Wait()
	link := b.start()
	if code, _ := stranger.get(link); code != 200 {
		t.Errorf("by the link: %d", code)
	}
	stranger.Jar, err = cookiejar.New(nil)
	must(t, err)
	if code, _ := stranger.get(link); code != 403 {
		t.Errorf("by the link again: %d", code)
	}
	secret, err := os.Stat(filepath.Join(w.state, "bulkorder", "page.secret"))
	must(t, err)
	if secret.Mode().Perm() != 0o600 {
		t.Errorf("the secret is %v", secret.Mode())
	}
}

// TestTwentyPeopleAtOnce: each has a sheet of their own, on one journal and one account; every row is ordered once.
func TestTwentyPeopleAtOnce(t *testing.T) {
	t.Parallel()
	w := newShop(t, sandbox.Config{Speed: -1})
	b := w.serve()
	const people, rows = 20, 3
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			one := &browser{Client: b.Client, w: w, addr: b.addr}
			code, _ := one.upload("a.csv", followers(fmt.Sprintf("person%d", n), rows))
			sheet := one.at
			_, text := one.get(sheet + "/place")
			said := url.Values{"rows": {hidden(text, "rows")}, "shown": {hidden(text, "shown")}}
			placed, _ := one.post(sheet+"/place", said)
			if code != 200 || placed != 200 || !strings.HasPrefix(one.at, "/batches/") {
				t.Errorf("person %d: %d, then %d at %s", n, code, placed, one.at)
			}
			for _, path := range []string{"/", "/batches", one.at, one.at + "?only=placed", "/accounts", "/schedules"} {
				if code, text := one.get(path); code != 200 {
					t.Errorf("person %d: %s: %d: %s", n, path, code, text)
				}
			}
		})
	}
	all.Wait()
	until(t, "all orders", func() bool { return len(w.sandbox.Ledger()) >= people*rows })
	w.onceEach(people * rows)
}
