package sandbox_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// parse reads a fault that is right.
func parse(t *testing.T, text string) sandbox.Fault {
	t.Helper()
	f, err := sandbox.ParseFault(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// spoiled orders once under a fault, after an order without one, and returns
// what came back.
func spoiled(t *testing.T, fault string) (reply, *panel) {
	t.Helper()
	p := serve(t, sandbox.Config{})
	p.post(follower("first"))
	if err := p.SetFaults([]sandbox.Fault{parse(t, fault)}); err != nil {
		t.Fatal(err)
	}
	return p.post(follower("second")), p
}

// TestEachFaultHitsBeforeTheOrderAndAfterIt runs every kind both ways: what the
// client sees is alike, and only the ledger tells the difference.
func TestEachFaultHitsBeforeTheOrderAndAfterIt(t *testing.T) {
	for _, c := range []struct {
		kind   string
		code   int    // 0: no head came
		body   string // what came of it; "…": anything
		whole  bool   // the body came as its head said
		always int    // orders taken even so before; 0: none
	}{
		{kind: "closed"},
		{kind: "reset"},
		{kind: "head"},
		{kind: "stall=20ms"},
		{kind: "late=20ms", always: 1},
		{kind: "cut", code: 200, body: `{"order`},
		{kind: "cut=0", code: 200, body: ``},
		{kind: "cut=14", code: 200, body: `{"order":23502`},
		{kind: "cutdigits", code: 200, body: `{"order":235`, whole: true},
		{kind: "empty", code: 200, body: ``, whole: true},
		{kind: "null", code: 200, body: `null`, whole: true},
		{kind: "html", code: 200, body: `…`, whole: true},
		{kind: "body=0", code: 200, body: `0`, whole: true},
		{kind: "error=provider: timed out", code: 200, body: `{"error":"provider: timed out"}`, whole: true},
		{kind: "500", code: 500, body: `…`, whole: true},
		{kind: "503:retry=3", code: 503, body: `…`, whole: true},
		{kind: "520", code: 520, body: `…`, whole: true},
		{kind: "429", code: 429, body: `…`, whole: true},
		{kind: "redirect", code: 307, body: `…`, whole: true},
		{kind: "302=https://example.com/", code: 302, body: `…`, whole: true},
		{kind: "slow=20ms", code: 200, body: `{"order":23502}`, whole: true, always: 1},
		{kind: "twice", code: 200, body: `{"order":23502}`, whole: true, always: 2},
		{kind: "both", code: 200, body: `{"order":23502,"error":"Provider did not answer in time"}`, whole: true},
		{kind: "doubled", code: 200, body: `{"order":23502,"order":23503}`, whole: true},
		{kind: "sameid", code: 200, body: `{"order":23501}`, whole: true},
	} {
		for _, when := range []string{"before", "after"} {
			t.Run(c.kind+" "+when, func(t *testing.T) {
				r, p := spoiled(t, "add:"+c.kind+":"+when)
				want(t, "code", r.code, c.code)
				if c.body != "…" {
					want(t, "body", r.body, c.body)
				}
				want(t, "came whole", r.err == nil, c.whole)
				taken := c.always
				if when == "after" {
					taken = max(taken, 1)
				}
				wantOrders(t, p, 1+taken)
				p.wantBooksAddUp("1000000")
				if when == "after" && c.kind != "doubled" {
					want(t, "ids used up", len(p.Strangers()), 0)
				}
				want(t, "noted", p.Requests()[1].Fault != "", true)
			})
		}
	}
}

// wantOrders waits a little: a late order comes after its answer.
func wantOrders(t *testing.T, p *panel, n int) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Second); len(p.Ledger()) < n && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
	}
	want(t, "orders in the ledger", len(p.Ledger()), n)
}

func TestAFaultBeforeTheOrderTellsAnIDThatNobodyHas(t *testing.T) {
	r, p := spoiled(t, "add:both")
	want(t, "told", strings.HasPrefix(r.body, `{"order":23502,`), true)
	want(t, "its status", p.ask("status", "order", "23502"), `{"error":"Incorrect order ID"}`)
	if err := p.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	want(t, "the next id", p.post(follower("third")).body, `{"order":23503}`)
}

func TestFaultsOfOtherActions(t *testing.T) {
	p := serve(t, sandbox.Config{Faults: []sandbox.Fault{
		parse(t, "cancel:closed:n=1"), parse(t, "cancel:cut:n=2"), parse(t, "cancel:closed:after:n=3"),
		parse(t, "services:cut=5"), parse(t, "balance:cutdigits"),
	}})
	p.post(follower("a"))
	status := func() string { return p.Ledger()[0].Status }
	for _, c := range []struct{ what, after string }{
		{"closed before", "Pending"}, {"cut before", "Pending"}, {"closed after", "Canceled"},
	} {
		if r := p.post(encode("cancel", "orders", "23501")); r.err == nil {
			t.Errorf("%s: the cancel was answered", c.what)
		}
		want(t, c.what, status(), c.after)
	}
	want(t, "services", p.post(encode("services")).body, `[{"se`)
	want(t, "balance", p.post(encode("balance")).body, `{"balance":"1000`)
	want(t, "strangers", len(p.Strangers()), 0)
}

func TestAResetIsAReset(t *testing.T) {
	r, _ := spoiled(t, "add:reset")
	if !errors.Is(r.err, syscall.ECONNRESET) {
		t.Errorf("got %v", r.err)
	}
	r, _ = spoiled(t, "add:closed")
	if !errors.Is(r.err, io.EOF) {
		t.Errorf("got %v", r.err)
	}
}

func TestHeadersOfFaults(t *testing.T) {
	r, _ := spoiled(t, "add:503:retry=3")
	want(t, "Retry-After", r.header.Get("Retry-After"), "3")
	r, _ = spoiled(t, "add:307=http://example.com/x")
	want(t, "Location", r.header.Get("Location"), "http://example.com/x")
}

func TestAnEndlessAnswerGoesOnPastEightMegabytes(t *testing.T) {
	r, p := spoiled(t, "add:endless:after")
	want(t, "long", len(r.body) > 8<<20, true)
	want(t, "came whole", r.err == nil, false)
	wantOrders(t, p, 2)
}

func TestASmallGzipAnswerIsHugeInside(t *testing.T) {
	r, _ := spoiled(t, "add:gzip")
	want(t, "small", len(r.body) < 1<<20, true)
	want(t, "encoding", r.header.Get("Content-Encoding"), "gzip")
	z, err := gzip.NewReader(strings.NewReader(r.body))
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, z)
	if err != nil || n < 16<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestAFaultHitsTheRequestsThatItNames(t *testing.T) {
	for _, c := range []struct{ fault, hits string }{
		{"add:500", "xxxxxx"},
		{"add:500:n=3", "..x..."},
		{"add:500:n=2-4", ".xxx.."},
		{"add:500:n=5-", "....xx"},
		{"status:500", "......"},
		{"*:500:n=1", "x....."},
		{"add:500:p=1", "xxxxxx"},
	} {
		p := serve(t, sandbox.Config{Faults: []sandbox.Fault{parse(t, c.fault)}})
		hits := ""
		for range 6 {
			hits += map[bool]string{true: "x", false: "."}[p.post(follower("a")).code == 500]
		}
		want(t, c.fault, hits, c.hits)
	}
}

func TestTheSameSeedHitsTheSameRequests(t *testing.T) {
	run := func(seed int64) (hits string) {
		p := serve(t, sandbox.Config{Seed: seed, Faults: []sandbox.Fault{parse(t, "add:500:p=0.3")}})
		for range 100 {
			hits += map[bool]string{true: "x", false: "."}[p.post(follower("a")).code == 500]
		}
		return hits
	}
	one := run(1)
	want(t, "again", run(1), one)
	want(t, "another seed", run(2) == one, false)
	if n := strings.Count(one, "x"); n < 15 || n > 45 {
		t.Errorf("%d of 100 hit at p=0.3", n)
	}
}

func TestTheFirstOfSeveralFaultsHitsAndAllCount(t *testing.T) {
	p := serve(t, sandbox.Config{Faults: []sandbox.Fault{parse(t, "add:500:n=1"), parse(t, "*:502:n=1-2")}})
	want(t, "first", p.post(follower("a")).code, 500)
	want(t, "second", p.post(follower("a")).code, 502)
	want(t, "third", p.post(follower("a")).code, 200)
}

func TestFaultsAreReadAndWrittenAlike(t *testing.T) {
	for _, text := range []string{
		"add:closed:after:p=0.05", "add:500:n=3", "add:html:after:n=2-4", "services:html", "*:429:n=10-:retry=2",
		"add:error=a: b:after", "add:cut=0", "add:slow=2s", "add:stall", "add:stall=1m0s", "*:redirect=https://x.y:8080/z",
		"add:body=",
	} {
		want(t, "text", parse(t, text).String(), text)
	}
	want(t, "n", parse(t, "add:500:before:n=3"), sandbox.Fault{Action: "add", Kind: "500", From: 3, To: 3})
}

func TestAFaultThatCannotBeReadSaysWhatWasExpected(t *testing.T) {
	for _, c := range []struct{ text, expected string }{
		{"closed", "expected ACTION:KIND"},
		{"order:closed", `action "order": expected * or one of add, services`},
		{"add:explode", `kind "explode": expected an HTTP code or one of closed, reset`},
		{"add:600", "expected an HTTP code from 200 to 599"},
		{"add:closed:p=2", "p=2: expected a number above 0, at most 1"},
		{"add:closed:n=0", "n=0: expected 3, 2-4 or 2-, counted from 1"},
		{"add:closed:n=4-2", "n=4-2: expected"},
		{"add:429:retry=soon", "retry=soon: expected seconds"},
		{"add:slow", "expected a duration, such as 2s"},
		{"add:cut=half", "expected a number of bytes"},
		{"add:error", "expected error=TEXT"},
		{"add:closed=1", "closed takes no value"},
		{"add:after=1:500", "after takes no value"},
	} {
		_, err := sandbox.ParseFault(c.text)
		if err == nil || !strings.Contains(err.Error(), c.expected) {
			t.Errorf("%s\n got: %v\nwant: %s", c.text, err, c.expected)
		}
	}
	p := serve(t, sandbox.Config{})
	if err := p.SetFaults([]sandbox.Fault{{Kind: "slow"}}); err == nil {
		t.Error("a slow fault without its time was taken")
	}
	if _, err := sandbox.New(sandbox.Config{Faults: []sandbox.Fault{{}}}); err == nil {
		t.Error("a fault without a kind was taken")
	}
}

func TestFaultsWorkOverTLS(t *testing.T) {
	s, err := sandbox.New(
		sandbox.Config{Faults: []sandbox.Fault{parse(t, "add:reset:after:n=1"), parse(t, "add:cut=9:after:n=2")}},
	)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewTLSServer(s)
	defer server.Close()
	post := func() (string, error) {
		resp, err := server.Client().
			Post(server.URL, "application/x-www-form-urlencoded", strings.NewReader(follower("a")))
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return string(body), err
	}
	if _, err := post(); err == nil {
		t.Error("the reset was not seen")
	}
	body, err := post()
	if err == nil {
		t.Error("the cut was not seen")
	}
	want(t, "body", body, `{"order":`)
	want(t, "orders", len(s.Ledger()), 2)
}

func TestCloseEndsAStall(t *testing.T) {
	s, err := sandbox.New(sandbox.Config{Faults: []sandbox.Fault{parse(t, "*:stall")}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	failed := make(chan error, 1)
	go func() {
		_, err := http.Post(server.URL, "application/x-www-form-urlencoded", strings.NewReader(follower("a")))
		failed <- err
	}()
	for len(s.Requests()) == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-failed; err == nil {
		t.Error("the stall was answered")
	}
}

// TestARequestThatIsCutShortIsNeverTaken sends every strict prefix of the body
// of a request, to a careful panel and to one that takes what came.
func TestARequestThatIsCutShortIsNeverTaken(t *testing.T) {
	for _, c := range []struct {
		what    string
		takeCut bool
		body    string
		taken   bool
	}{
		{"a careful panel", false, follower("a"), false},
		{"a careless panel, the key last", true, follower("a"), false},
		{"a careless panel, the key first", true, "key=sandbox&" + strings.TrimSuffix(follower("a"), "&key=sandbox") +
			"&note=1", true},
	} {
		p := serve(t, sandbox.Config{TakeCut: c.takeCut})
		for end := range len(c.body) {
			cutShort(t, p, c.body, end)
		}
		for _, r := range p.Requests() {
			want(t, c.what+": cut", r.Cut, true)
		}
		want(t, c.what+": taken", len(p.Ledger()) > 0, c.taken)
	}
}

// cutShort sends so many bytes of a body and leaves.
func cutShort(t *testing.T, p *panel, body string, end int) {
	t.Helper()
	seen := len(p.Requests())
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	r, err := http.NewRequest(http.MethodPost, p.url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(b.Bytes()[:b.Len()-len(body)+end]); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	for deadline := time.Now().Add(2 * time.Second); len(p.Requests()) == seen && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
}
