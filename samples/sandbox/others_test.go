package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

// TestSomebodyElseOrdersOnTheAccount: by hand, for what our own orders cost or for something else.
func TestSomebodyElseOrdersOnTheAccount(t *testing.T) {
	p := like(t, sandbox.Config{Balance: "1000"}, "shared")
	for i := range 200 {
		p.post(follower(idOf(i)))
	}
	by, same := map[string]int{}, 0
	for _, o := range p.Ledger() {
		by[o.By]++
		want(t, "its link tells", strings.Contains(o.Fields["link"], "/by-hand/"), o.By == "hand")
		if o.By == "hand" && o.Charge == "0.09" {
			same++
		}
		has(t, "our key sees it", p.ask("status", "order", o.ID), `"charge":"`+o.Charge+`"`)
	}
	want(t, "ours", by["api"], 200)
	want(t, "a person's", by["hand"] > 80 && by["hand"] < 200, true)
	want(t, "some cost what ours cost", same > 20 && same < by["hand"]-20, true)
	p.wantBooksAddUp("1000")

	lost, err := sandbox.ParseFault("add:closed:before")
	must(t, err)
	p = serve(t, sandbox.Config{Hands: 0.9, Faults: []sandbox.Fault{lost}})
	for range 3 {
		p.post(follower("a"))
	}
	want(t, "also where our own request is lost", len(p.Ledger()) > 0 && p.Ledger()[0].By == "hand", true)
}

// TestADripFeedsRunsAreOrders: they have ids of their own, and the drip-feed has paid for them.
func TestADripFeedsRunsAreOrders(t *testing.T) {
	p := like(t, sandbox.Config{Balance: "100", Speed: 1}, "drip")
	p.ask("add", "service", "101", "link", link, "quantity", "100", "runs", "3", "interval", "60")
	parent := p.ask("status", "order", "23501")
	want(
		t,
		"neither charge nor remains",
		strings.Contains(parent, "charge") || strings.Contains(parent, "remains"),
		false,
	)
	p.clock.pass(150 * time.Minute)
	has(t, "three runs", p.ask("status", "order", "23501"), `"orders":[23502,23503,23504]`)
	has(t, "a run", p.ask("status", "order", "23503"), `"charge":"0.125"`)
	orders := p.Ledger()
	want(t, "orders", len(orders), 4)
	want(t, "who ordered a run", orders[1].By+" "+orders[1].Parent, "drip 23501")
	want(t, "the balance is the drip-feed's", p.Balance(), "99.625")
	p.wantBooksAddUp("100")
}
