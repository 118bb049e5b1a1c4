package sandbox_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

func TestOverTheRateTheAnswerIs429WithTheTimeToWait(t *testing.T) {
	p := serve(t, sandbox.Config{Rate: 3})
	for range 3 {
		want(t, "within the rate", p.post(encode("balance")).code, 200)
		p.clock.pass(10 * time.Second)
	}
	r := p.post(follower("a"))
	want(t, "code", r.code, http.StatusTooManyRequests)
	want(t, "Retry-After", r.header.Get("Retry-After"), "30")
	want(t, "body", r.body, `{"error":"Too many requests"}`)
	p.clock.pass(30 * time.Second)
	want(t, "after the wait", p.post(follower("a")).code, 200)
	want(t, "right after that", p.post(follower("a")).code, http.StatusTooManyRequests)
	want(t, "orders", len(p.Ledger()), 1)
}

func TestTheRateMayBeToldByText(t *testing.T) {
	p := serve(t, sandbox.Config{Rate: 1, RateText: true})
	p.post(encode("balance"))
	r := p.post(follower("a"))
	want(t, "code", r.code, 200)
	want(t, "body", r.body, `{"error":"Rate limit exceeded"}`)
	want(t, "noted", p.Requests()[1].Refusal, "Rate limit exceeded")
}

func TestAStrangersKeyDoesNotUseUpTheRate(t *testing.T) {
	p := serve(t, sandbox.Config{Rate: 1})
	p.post("action=balance&key=other")
	want(t, "code", p.post(encode("balance")).code, 200)
}

func TestTheAnswerWaitsForTheLatencyButTheOrderDoesNot(t *testing.T) {
	p := serve(t, sandbox.Config{Latency: 50 * time.Millisecond})
	p.client.Timeout = 10 * time.Millisecond
	want(t, "gave up", p.post(follower("a")).err == nil, false)
	wantOrders(t, p, 1)
	p.client.Timeout = 0
	began := time.Now()
	p.post(follower("b"))
	want(t, "waited", time.Since(began) >= 50*time.Millisecond, true)
}

func TestOnlyTheNewestRequestsAreKeptWhereToldSo(t *testing.T) {
	for keep, kept := range map[int]int{-1: 0, 0: 25, 10: 10} {
		p := serve(t, sandbox.Config{KeepRequests: keep})
		for i := range 25 {
			p.post(follower(fmt.Sprint(i)))
		}
		requests := p.Requests()
		want(t, fmt.Sprintf("keep %d", keep), len(requests), kept)
		if kept > 0 {
			want(t, "the newest", requests[kept-1].Form.Get("link"), "https://example.com/24")
		}
	}
}

// TestManyClientsAtOnce is for the race detector, and adds everything up in the
// end.
func TestManyClientsAtOnce(t *testing.T) {
	p := serve(t, sandbox.Config{
		Now: time.Now, Speed: 2000, Strangers: 0.3, Balance: "1000",
		Faults: []sandbox.Fault{
			parse(t, "add:500:after:p=0.1"),
			parse(t, "add:twice:p=0.1"),
			parse(t, "add:closed:p=0.1"),
		},
	})
	var clients sync.WaitGroup
	for client := range 8 {
		clients.Go(func() {
			for i := range 50 {
				p.post(follower(fmt.Sprintf("%d/%d", client, i)))
				p.post(encode("status", "orders", "23501,23510,23520"))
				p.post(encode("cancel", "orders", fmt.Sprint(23500+i)))
				p.Balance()
			}
		})
	}
	clients.Wait()
	seen := map[string]bool{}
	for _, order := range p.Ledger() {
		want(t, "seen before", seen[order.ID], false)
		seen[order.ID] = true
	}
	noted := 0
	for _, r := range p.Requests() {
		if r.Action == "add" {
			noted++
		}
	}
	want(t, "adds noted", noted, 400)
	time.Sleep(100 * time.Millisecond) // all orders are final by then
	p.wantBooksAddUp("1000")
}

// BenchmarkAdd is an add without the network. The time of each must not grow
// with the number of orders: go test -bench Add -benchtime 1000000x.
func BenchmarkAdd(b *testing.B) {
	s, err := sandbox.New(sandbox.Config{Balance: "899999999", ActiveGuard: true, Strangers: 0.1})
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(follower(fmt.Sprint(i))))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if !strings.HasPrefix(w.Body.String(), `{"order":`) {
			b.Fatal(w.Body.String())
		}
	}
}

func TestRequestsAreWatched(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	var p *panel
	p = serve(t, sandbox.Config{Watch: func(action, moment string) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprintf("%s %s with %d orders", action, moment, len(p.Ledger())))
	}})
	p.post(follower("a"))
	p.ask("balance")
	mu.Lock()
	defer mu.Unlock()
	want(t, "seen", strings.Join(seen, ", "), "add came with 0 orders, add done with 1 orders, "+
		"balance came with 1 orders, balance done with 1 orders")
}
