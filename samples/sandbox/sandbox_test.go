package sandbox_test

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// panel is a sandbox behind a real server.
type panel struct {
	*sandbox.Sandbox
	t      *testing.T
	url    string
	client *http.Client
	clock  *clock
}

// clock is a time that only moves when told to.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// serve starts a sandbox whose clock stands still at 2026-03-05 12:00 UTC.
func serve(t *testing.T, cfg sandbox.Config) *panel {
	t.Helper()
	c := &clock{now: time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)}
	if cfg.Now == nil {
		cfg.Now = c.Now
	}
	s, err := sandbox.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		server.Close()
	})
	client := &http.Client{
		Transport:     &http.Transport{DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(client.CloseIdleConnections)
	return &panel{Sandbox: s, t: t, url: server.URL, client: client, clock: c}
}

// reply is what came back; err where not all of it did.
type reply struct {
	code   int
	header http.Header
	body   string
	err    error
}

// post sends a body as it is.
func (p *panel) post(body string) reply {
	resp, err := p.client.Post(p.url, "application/x-www-form-urlencoded", strings.NewReader(body))
	if err != nil {
		return reply{err: err}
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(text), err}
}

// ask sends an action with names and values, and the key last.
func (p *panel) ask(action string, pairs ...string) string {
	p.t.Helper()
	r := p.post(encode(action, pairs...))
	if r.err != nil {
		p.t.Fatalf("%s: %v", action, r.err)
	}
	return r.body
}

func encode(action string, pairs ...string) string {
	body := "action=" + action
	for i := 0; i < len(pairs); i += 2 {
		body += "&" + pairs[i] + "=" + url.QueryEscape(pairs[i+1])
	}
	return body + "&key=sandbox"
}

// follower orders 100 followers for 0.09, for a page of its own.
func follower(link string) string {
	return encode("add", "service", "1", "link", "https://example.com/"+link, "quantity", "100")
}

// want compares what came with what should have.
func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s\n got: %v\nwant: %v", what, got, want)
	}
}

// decode reads JSON into a value of type T.
func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}

// amount reads an exact decimal.
func amount(t *testing.T, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}
	return r
}

// wantBooksAddUp checks that the start is the balance and all net charges.
func (p *panel) wantBooksAddUp(start string) {
	p.t.Helper()
	sum := amount(p.t, p.Balance())
	for _, order := range p.Ledger() {
		sum.Add(sum, amount(p.t, order.Net))
	}
	if sum.Cmp(amount(p.t, start)) != 0 {
		p.t.Errorf("balance and net charges make %s, not %s", sum.FloatString(10), start)
	}
}

func TestEachActionAnswersInTheDocumentsShape(t *testing.T) {
	p := serve(t, sandbox.Config{Balance: "100.84292"})
	want(t, "add", p.post(follower("a")).body, `{"order":23501}`)
	want(t, "balance", p.ask("balance"), `{"balance":"100.75292","currency":"USD"}`)

	status := p.ask("status", "order", "23501")
	want(t, "status of a new order", strings.Contains(status, `{"charge":"0.09","start_count":"`) &&
		strings.HasSuffix(status, `"status":"Pending","remains":"100","currency":"USD"}`), true)
	want(t, "status of many", p.ask("status", "orders", "23501,10"),
		`{"23501":`+status+`,"10":{"error":"Incorrect order ID"}}`)
	want(t, "status of an unknown order", p.ask("status", "order", "10"), `{"error":"Incorrect order ID"}`)

	want(t, "cancel", p.ask("cancel", "orders", "9,23501"),
		`[{"order":9,"cancel":{"error":"Incorrect order ID"}},{"order":23501,"cancel":1}]`)
	want(t, "balance after the cancel", p.ask("balance"), `{"balance":"100.84292","currency":"USD"}`)

	services := p.ask("services")
	want(t, "the documents' first service", strings.HasPrefix(
		services,
		`[{"service":1,"name":"Followers","type":"Default","category":"First Category","rate":"0.90","min":"50",`+
			`"max":"10000","refill":true,"cancel":true},`+
			`{"service":2,"name":"Comments","type":"Custom Comments","category":"Second Category","rate":"8","min":"10",`+
			`"max":"1500","refill":false,"cancel":true},`,
	), true)
	want(t, "services", len(decode[[]map[string]any](t, services)) >= 60, true)
}

func TestRefillsAreTakenFollowedAndRefused(t *testing.T) {
	p := serve(t, sandbox.Config{})
	for _, page := range []string{"a", "b", "c"} {
		p.post(follower(page))
	}
	want(t, "too early", p.ask("refill", "order", "23501"), `{"error":"Refill is not available for this order"}`)
	p.clock.pass(time.Hour)
	done := completed(p)
	want(t, "one", p.ask("refill", "order", done[0]), `{"refill":"1"}`)
	want(t, "many", p.ask("refill", "orders", done[1]+",3"),
		`[{"order":`+done[1]+`,"refill":2},{"order":3,"refill":{"error":"Incorrect order ID"}}]`)
	want(t, "twice", p.ask("refill", "order", done[0]), `{"error":"Refill is already in progress"}`)
	want(t, "status of one", p.ask("refill_status", "refill", "1"), `{"status":"Pending"}`)
	want(t, "status of many", p.ask("refill_status", "refills", "1,3"),
		`[{"refill":1,"status":"Pending"},{"refill":3,"status":{"error":"Refill not found"}}]`)
	p.clock.pass(time.Hour)
	late := decode[struct{ Status string }](t, p.ask("refill_status", "refill", "1"))
	want(t, "in the end", late.Status == "Completed" || late.Status == "Rejected", true)
	want(t, "unknown", p.ask("refill_status", "refill", "x"), `{"error":"Refill not found"}`)
}

// completed returns the ids of the orders that ended well.
func completed(p *panel) (ids []string) {
	for _, order := range p.Ledger() {
		if order.Status == "Completed" {
			ids = append(ids, order.ID)
		}
	}
	if len(ids) < 2 {
		p.t.Fatal("too few orders completed for this test")
	}
	return ids
}

func TestTheOtherDialectWritesIDsAsStrings(t *testing.T) {
	p := serve(t, sandbox.Config{Strings: true})
	want(t, "add", p.post(follower("a")).body, `{"order":"23501"}`)
	want(t, "services", strings.HasPrefix(p.ask("services"), `[{"service":"1",`), true)
	want(t, "cancel", p.ask("cancel", "orders", "23501"), `[{"order":"23501","cancel":"1"}]`)
}

func TestWhatIsNotARequestIsAnsweredLikeOne(t *testing.T) {
	p := serve(t, sandbox.Config{Lacks: []string{"cancel", "status_many"}})
	many := "1000"
	for id := range 100 {
		many += fmt.Sprintf(",%d", id)
	}
	for _, c := range []struct{ what, body, answer string }{
		{"a wrong key", "action=balance&key=other", `{"error":"Invalid API key"}`},
		{"no key", "action=balance", `{"error":"Invalid API key"}`},
		{"a key cut short", "action=balance&key=sandbo", `{"error":"Invalid API key"}`},
		{"no action", "key=sandbox", `{"error":"Incorrect request"}`},
		{"an action nobody has", "action=orders&key=sandbox", `{"error":"Incorrect request"}`},
		{"broken escapes", "action=balance&x=%4&key=sandbox", `{"error":"Incorrect request"}`},
		{"an action that this panel lacks", encode("cancel", "orders", "1"), `{"error":"Incorrect request"}`},
		{"a form that this panel lacks", encode("status", "orders", "1"), `{"error":"Incorrect request"}`},
		{"more than 100 ids", encode("refill", "orders", many), `{"error":"Incorrect request"}`},
	} {
		want(t, c.what, p.post(c.body).body, c.answer)
	}
	r := p.post(encode("balance"))
	want(t, "the type of all answers", r.header.Get("Content-Type"), "text/html; charset=UTF-8")

	resp, err := p.client.Get(p.url + "?key=sandbox&action=balance")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	want(t, "a GET", resp.StatusCode, http.StatusMethodNotAllowed)
}

func TestTheCatalogueHasEachTypeAndManyNetworks(t *testing.T) {
	types, categories := map[string]int{}, map[string]int{}
	for _, svc := range sandbox.Catalogue() {
		types[svc.Type]++
		categories[svc.Category]++
	}
	for _, typ := range []string{
		"Default", "Package", "Custom Comments", "Custom Comments Package", "Mentions", "Mentions with Hashtags",
		"Mentions Custom List", "Mentions Hashtag", "Mentions User Followers", "Mentions Media Likers", "Comment Likes",
		"Comment Replies", "Poll", "Invites from Groups", "Subscriptions", "SEO", "SEO2", "Web Traffic",
	} {
		want(t, typ, types[typ] > 0, true)
	}
	want(t, "types", len(types), 18)
	want(t, "many categories", len(categories) > 10, true)
}

func TestErrorCodesSayTheSameAsTheTexts(t *testing.T) {
	p := serve(t, sandbox.Config{ErrorCodes: true, Balance: "0"})
	for _, c := range []struct {
		body string
		code int
	}{
		{"action=balance&key=other", 403},
		{follower("a"), 402},
		{encode("add", "service", "77"), 404},
		{encode("add", "service", "1"), 400},
		{encode("balance"), 200},
	} {
		want(t, c.body, p.post(c.body).code, c.code)
	}
}

func TestTheLedgerHoldsWhatCameAndNeverTheKey(t *testing.T) {
	p := serve(t, sandbox.Config{})
	p.post("action=add&service=1&link=https%3A%2F%2Fexample.com%2F%C3%A9&quantity=60&note=a+b&quantity=70&key=sandbox")
	orders := p.Ledger()
	if len(orders) != 1 {
		t.Fatalf("%d orders", len(orders))
	}
	order := orders[0]
	want(t, "fields", len(order.Fields), 4)
	want(t, "link", order.Fields["link"], "https://example.com/é")
	want(t, "a field that the type doesn't know", order.Fields["note"], "a b")
	want(t, "the first of a doubled field", order.Fields["quantity"], "60")
	want(t, "doubled", strings.Join(order.Doubled, " "), "quantity")
	want(t, "charge", order.Charge, "0.054")
	want(t, "type", order.Type, "Default")

	request := p.Requests()[0]
	want(t, "names in their order", strings.Join(request.Names, " "), "action service link quantity note quantity key")
	want(t, "the key in the form", request.Form.Has("key"), false)
	want(t, "the key", request.KeyRight, true)
	want(t, "protocol", request.Protocol, "HTTP/1.1")
	want(t, "order", request.Order, order.ID)
}
