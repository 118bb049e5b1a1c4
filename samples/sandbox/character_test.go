package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// like starts a panel of characters.
func like(t *testing.T, cfg sandbox.Config, names ...string) *panel {
	t.Helper()
	cfg, err := sandbox.Like(cfg, names...)
	must(t, err)
	return serve(t, cfg)
}

// has wants parts in a text.
func has(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s: %q is not in\n%s", what, part, text)
		}
	}
}

// TestEachCharacterIsAPanel: it takes an order, and tells its status, its services and the balance.
func TestEachCharacterIsAPanel(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range sandbox.Characters() {
		want(t, "a name of its own: "+c.Name, seen[c.Name], false)
		want(t, "one line of help: "+c.Name, c.Help != "" && !strings.ContainsAny(c.Help, "\n."), true)
		seen[c.Name] = true
		p := like(t, sandbox.Config{Seed: 7}, c.Name)
		answer := p.post(follower("a")).body
		orders := slices.DeleteFunc(p.Ledger(), func(o sandbox.Order) bool { return o.By != "api" })
		if len(orders) != 1 {
			t.Fatalf("%s: %d orders", c.Name, len(orders))
		}
		has(t, c.Name, answer, orders[0].ID)
		has(t, c.Name, p.ask("status", "order", orders[0].ID), `"remains":"100"`)
		has(t, c.Name, p.ask("services"), `"name":"TikTok Likes"`)
		has(t, c.Name, p.ask("balance"), `"balance":"`, `"currency":"USD"`)
		p.wantBooksAddUp("1000000")
	}
}

func TestACharacterNobodyKnowsIsRefused(t *testing.T) {
	_, err := sandbox.Like(sandbox.Config{}, "cents", "nobody")
	if err == nil || !strings.Contains(err.Error(), `"nobody"`) || !strings.Contains(err.Error(), "cents, places4") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsSaidGoesBeforeTheCharacter(t *testing.T) {
	closed, err := sandbox.ParseFault("add:closed:n=3")
	must(t, err)
	said := sandbox.Config{ChargeLate: time.Second, Faults: []sandbox.Fault{closed}}
	cfg, err := sandbox.Like(said, "late", "chain", "cents")
	must(t, err)
	want(t, "said", cfg.ChargeLate, time.Second)
	want(t, "of the character", cfg.Round, "2:half")
	want(t, "the first of the faults", cfg.Faults[0].Kind, "closed")
	want(t, "and the character's", len(cfg.Faults) > 1, true)
}

func TestAPanelHasWordsOfItsOwnForRefusals(t *testing.T) {
	for _, c := range []struct {
		like, body string
		code       int
		answer     string
	}{
		{"codes", "action=balance&key=other", 401, `{"error":"Invalid API key"}`},
		{"codes", encode("add", "service", "77"), 404, `{"error":"Service not found or inactive"}`},
		{"codes", encode("add", "service", "1", "link", "nowhere"), 422, `{"error":"Incorrect link"}`},
		{"codes", encode("status", "order", "1"), 404, `{"error":"Order not found"}`},
		{"codes", encode("orders"), 400, `{"error":"Missing required parameters"}`},
		{"laravel", "action=balance&key=other", 401, `{"message":"Unauthenticated."}`},
		{"laravel", encode("add", "service", "1", "link", link, "quantity", "1"), 422,
			`{"message":"Quantity less than minimal 50","errors":{"quantity":["Quantity less than minimal 50"]}}`},
		{"laravel", follower("a"), 200, `{"success":true,"data":{"order":23501}}`},
		{"fail", encode("add", "service", "1", "link", "nowhere"), 200,
			`{"status":"fail","msg":"Incorrect link","error":"neworder.error.link"}`},
		{"fail", follower("a"), 200, `{"status":"success","order_id":23501}`},
		{"links", encode("add", "service", "1", "link", link, "quantity", "100"), 200,
			`{"error":"This service works on a profile, not on one post"}`},
		{"links", encode("add", "service", "105", "link", "https://tiktok.com/@a", "quantity", "100"), 200,
			`{"error":"That link is not on this platform. Expected one of: instagram.com, instagr.am"}`},
		{"links", encode("add", "service", "105", "link", "https://instagram.com/a", "quantity", "100"), 200,
			`{"error":"This service works on one post, not on the account"}`},
		{"links", encode("add", "service", "1", "link", "https://instagram.com/a?igsh=1", "quantity", "100"), 200,
			`{"error":"Link must not contain query parameters"}`},
	} {
		p := like(t, sandbox.Config{}, c.like)
		r := p.post(c.body)
		want(t, c.like+": "+c.body, r.body, c.answer)
		want(t, c.like+": "+c.body, r.code, c.code)
	}
	p := like(t, sandbox.Config{Balance: "0.05"}, "codes")
	want(t, "funds", p.post(follower("a")).code, http.StatusPaymentRequired)
	p = like(t, sandbox.Config{ActiveGuard: true}, "codes")
	p.post(follower("a"))
	want(t, "an active order", p.post(follower("a")).code, http.StatusConflict)
}

func TestWordingsTakeTurns(t *testing.T) {
	p := like(t, sandbox.Config{}, "links")
	told := map[string]bool{}
	for i := range 8 {
		told[p.ask("add", "service", "1", "link", fmt.Sprintf("%s/%d", link, i), "quantity", "100")] = true
	}
	want(t, "texts", len(told), 4)
	want(t, "orders", len(p.Ledger()), 0)
}

func TestStatusesComeInManyShapes(t *testing.T) {
	one := func(p *panel) string { return strings.TrimPrefix(p.ask("status", "order", "23501"), "{") }
	for _, c := range []struct {
		shape  string
		answer func(one string) string
	}{
		{"", func(one string) string { return `{"23501":{` + one + `,"7":{"error":"Incorrect order ID"}}` }},
		{"list", func(one string) string {
			return `[{"order":"23501",` + one + `,{"order":"7","error":"Incorrect order ID"}]`
		}},
		{"asked", func(one string) string { return `[{` + one + `,{"error":"Incorrect order ID"}]` }},
		{"known", func(one string) string { return `{"23501":{` + one + `}` }},
		{"orders", func(one string) string {
			return `{"orders":{"23501":{` + one + `,"7":{"error":"Incorrect order ID"}}}`
		}},
		{"datalist", func(one string) string {
			return `{"success":true,"data":[{"order":"23501",` + one + `,{"order":"7","error":"Incorrect order ID"}]}`
		}},
	} {
		p := serve(t, sandbox.Config{Statuses: c.shape})
		p.post(follower("a"))
		want(t, "shape "+c.shape, p.ask("status", "orders", "23501,7"), c.answer(one(p)))
	}
	p := like(t, sandbox.Config{}, "empty")
	want(t, "nothing is known", p.ask("status", "orders", "7,8"), "[]")
	p = like(t, sandbox.Config{}, "data")
	p.post(follower("a"))
	has(t, "one in data", p.ask("status", "order", "23501"), `{"status":"success","data":{"charge":"0.09"`)
	has(t, "many in data", p.ask("status", "orders", "23501"), `{"status":"success","data":{"23501":{"charge":"0.09"`)
	p = like(t, sandbox.Config{}, "words")
	p.post(follower("a"))
	has(t, "a number for a status", p.ask("status", "order", "23501"), `"status":"0"`)
	want(t, "the ledger's word", p.Ledger()[0].Status, "Pending")
	if _, err := sandbox.New(sandbox.Config{Statuses: "round"}); err == nil || !strings.Contains(err.Error(), "asked") {
		t.Errorf("a shape that nobody knows: %v", err)
	}
}

func TestIDsAreLettersAndDigits(t *testing.T) {
	p := like(t, sandbox.Config{Strangers: 0.5}, "letters", "list")
	ids := map[string]bool{}
	for i := range 50 {
		p.post(follower(idOf(i)))
	}
	for i, o := range append(p.Ledger(), p.Strangers()...) {
		want(t, o.ID, len(o.ID) == 8 && o.ID == strings.ToUpper(o.ID), true)
		ids[o.ID] = true
		if i < 50 {
			want(t, "the request's order", p.Requests()[i].Order, o.ID)
		}
	}
	want(t, "none twice", len(ids), len(p.Ledger())+len(p.Strangers()))
	id := p.Ledger()[7].ID
	has(t, "many", p.ask("status", "orders", id+",A7K2M9Q1,23501"), `[{"order":"`+id+`","charge":"0.09"`,
		`{"order":"A7K2M9Q1","error":"Incorrect order ID"}`, `{"order":"23501","error":"Incorrect order ID"}`)
	has(t, "cancel", p.ask("cancel", "orders", id), `[{"order":"`+id+`","cancel":1}]`)
}

func TestAPanelWithoutFormsForManyCancelsByOrder(t *testing.T) {
	p := like(t, sandbox.Config{}, "single")
	p.post(follower("a"))
	want(t, "many", p.ask("cancel", "orders", "23501"), `{"error":"Incorrect request"}`)
	want(t, "many statuses", p.ask("status", "orders", "23501"), `{"error":"Incorrect request"}`)
	want(t, "unknown", p.ask("cancel", "order", "7"), `{"error":"Incorrect order ID"}`)
	want(t, "one", p.ask("cancel", "order", "23501"), `{"cancel":1}`)
	want(t, "the money is back", p.Balance(), "1000000")
}

func TestOfTwoHundredIDsAHundredAreAnswered(t *testing.T) {
	p := like(t, sandbox.Config{}, "hundred")
	ids := make([]string, 200)
	for i := range ids {
		ids[i] = idOf(23501 + i)
	}
	statuses := decode[map[string]any](t, p.ask("status", "orders", strings.Join(ids, ",")))
	want(t, "answered", len(statuses), 100)
	want(t, "the first of them", statuses["23600"] != nil, true)
	p = serve(t, sandbox.Config{Most: 200})
	want(t, "all", len(decode[map[string]any](t, p.ask("status", "orders", strings.Join(ids, ",")))), 200)
}

func TestOddEntriesStandAmongTheServices(t *testing.T) {
	p := like(t, sandbox.Config{}, "broken")
	entries := decode[[]any](t, p.ask("services"))
	want(t, "entries", len(entries), len(sandbox.Catalogue())+5)
	want(t, "one of them is nothing", slices.Contains(entries, nil), true)
}

func TestLimitsCountInTheirOwnWays(t *testing.T) {
	for _, c := range []struct {
		limit string
		steps []time.Duration // waits before each request
		codes string
		retry string // of the last refusal
	}{
		{"second:2", []time.Duration{0, 0, 0, time.Second, 0, 0}, "200 200 429 200 200 429", "1"},
		{"minute:2", []time.Duration{50 * time.Second, 0, 0, 10 * time.Second, 0, 0}, "200 200 429 200 200 429", "60"},
		{"any:2", []time.Duration{50 * time.Second, 0, 0, 10 * time.Second, 0, 50 * time.Second},
			"200 200 429 429 429 200", "50"},
		{"minute:1:silent", []time.Duration{0, 0}, "200 429", ""},
		{"bucket:2:0.5", []time.Duration{0, 0, 0, time.Second, time.Second, 0}, "200 200 429 429 200 429", "2"},
	} {
		p := serve(t, sandbox.Config{Limit: c.limit})
		var codes []string
		retry := ""
		for _, d := range c.steps {
			p.clock.pass(d)
			r := p.post(encode("balance"))
			codes = append(codes, idOf(r.code))
			if r.code == 429 {
				retry = r.header.Get("Retry-After")
			}
		}
		want(t, c.limit, strings.Join(codes, " "), c.codes)
		want(t, c.limit+", Retry-After", retry, c.retry)
	}
	for _, wrong := range []string{"second", "second:0", "hour:3", "bucket:3", "bucket:3:0", "minute:3:4"} {
		if _, err := sandbox.New(sandbox.Config{Limit: wrong}); err == nil {
			t.Errorf("limit %q is taken", wrong)
		}
	}
}

func TestARefundComesSoon(t *testing.T) {
	p := like(t, sandbox.Config{Balance: "100"}, "refunds")
	for i := range 100 {
		p.post(follower(idOf(i)))
	}
	want(t, "before", p.Balance(), "91")
	p.clock.pass(2 * time.Second)
	back := 0
	for _, o := range p.Ledger() {
		if o.Status == "Partial" || o.Status == "Canceled" {
			back++
		}
	}
	want(t, "about 30 give money back", back > 20 && back < 40, true)
	p.wantBooksAddUp("100")
	want(t, "the balance rose", amount(t, p.Balance()).Cmp(amount(t, "91")), 1)
}

func TestAChargeIsToldLater(t *testing.T) {
	p := like(t, sandbox.Config{Balance: "100", Speed: -1}, "late")
	p.post(follower("a"))
	has(t, "at first", p.ask("status", "order", "23501"), `"charge":null`)
	want(t, "the balance fell", p.Balance(), "99.91")
	p.clock.pass(time.Minute)
	has(t, "a minute later", p.ask("status", "order", "23501"), `"charge":"0.09"`)
}

func TestABalanceFallsLater(t *testing.T) {
	p := like(t, sandbox.Config{Balance: "0.15", Speed: -1}, "slow-balance")
	p.post(follower("a"))
	has(t, "at first", p.ask("balance"), `"0.15"`)
	has(t, "the charge is told", p.ask("status", "order", "23501"), `"charge":"0.09"`)
	want(t, "it can't be spent twice", p.post(follower("b")).body, `{"error":"Not enough funds on balance"}`)
	p.clock.pass(time.Minute)
	has(t, "a minute later", p.ask("balance"), `"0.06"`)
}

// TestARequestThatCameTwiceIsAnOrderAllTheSame: the client is told what became of its second copy.
func TestARequestThatCameTwiceIsAnOrderAllTheSame(t *testing.T) {
	p := like(t, sandbox.Config{Seed: 3}, "doubled")
	refused := map[string]string{} // links to answers
	for i := range 400 {
		if r := p.post(follower(idOf(i))); !strings.HasPrefix(r.body, `{"order":`) {
			refused["https://example.com/"+idOf(i)] = r.body
		}
	}
	want(t, "all are ordered", len(p.Ledger()), 400)
	texts := map[string]bool{}
	for _, o := range p.Ledger() {
		answer, told := refused[o.Fields["link"]]
		want(t, "the ledger knows which request was doubled", o.Fault != "", told)
		texts[answer] = true
	}
	want(t, "some are told otherwise", len(refused) > 5 && len(refused) < 40, true)
	want(t, "in several ways", len(texts) > 4, true)

	again, err := sandbox.ParseFault("add:again:n=2")
	must(t, err)
	p = serve(t, sandbox.Config{Balance: "0.2", Faults: []sandbox.Fault{again}})
	p.post(follower("a"))
	want(t, "funds for one copy", p.post(follower("b")).body, `{"error":"Not enough funds on balance"}`)
	want(t, "orders", len(p.Ledger()), 2)
}

func TestASupplierFailsBeforeAndAfterTheOrder(t *testing.T) {
	p := like(t, sandbox.Config{Seed: 1}, "chain")
	before, after := 0, 0
	for i := range 500 {
		n := len(p.Ledger())
		r := p.post(follower(idOf(i)))
		switch {
		case strings.Contains(r.body, "saved locally"):
			after++
			want(t, r.body, len(p.Ledger()), n+1)
		case strings.Contains(r.body, "rovider"):
			before++
			want(t, r.body, len(p.Ledger()), n)
		}
	}
	want(t, "before and after", before > 2 && after > 2, true)
	p.wantBooksAddUp("1000000")
}

// TestAllCharactersTakeTurns: the money adds up all the same.
func TestAllCharactersTakeTurns(t *testing.T) {
	p := like(t, sandbox.Config{Balance: "1000", TurnEvery: 5, Limit: "second:100000"}, "turns")
	seen := map[string]bool{}
	bodies := map[string]bool{}
	for i := range 5 * len(sandbox.Characters()) {
		seen[p.Playing()] = true
		body := p.ask("add", "service", "1", "link", "https://example.com/"+idOf(i), "quantity", "101")
		bodies[strings.Trim(body, "0123456789}{")] = true
		p.clock.pass(100 * time.Millisecond)
	}
	want(t, "characters", len(seen), len(sandbox.Characters())-1)
	want(t, "shapes of answers", len(bodies) >= 3, true)
	charges := map[string]bool{}
	for _, o := range p.Ledger() {
		charges[o.Charge] = true
	}
	want(t, "exact and rounded", charges["0.0909"] && charges["0.09"] && charges["0.1"], true)
	p.clock.pass(time.Hour)
	p.wantBooksAddUp("1000")
	if _, err := sandbox.New(sandbox.Config{Turns: []string{"cents"}, File: t.TempDir() + "/orders"}); err == nil {
		t.Error("turns are taken with a file")
	}
	if _, err := sandbox.New(sandbox.Config{Turns: []string{"nobody"}}); err == nil {
		t.Error("a turn of nobody is taken")
	}
}

// TestTurnsAndFaultsAtOnce is for the race detector: many clients, while the panel changes.
func TestTurnsAndFaultsAtOnce(t *testing.T) {
	p := like(t, sandbox.Config{TurnEvery: 2}, "turns")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 20 {
				p.post(follower(fmt.Sprintf("%d-%d", i, j)))
				p.post(encode("status", "orders", "23501,23502"))
			}
		})
	}
	all.Wait()
}
