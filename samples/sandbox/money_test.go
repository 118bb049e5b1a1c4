package sandbox_test

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"bulkorder/samples/sandbox"
)

func TestAPanelRoundsWhatItCharges(t *testing.T) {
	for _, c := range []struct{ round, quantity, charge string }{
		{"", "101", "0.0909"},
		{"2:half", "101", "0.09"},
		{"2:half", "105", "0.09"},
		{"2:half", "106", "0.1"},
		{"2:half", "150", "0.14"}, // 0.135 exactly
		{"2:up", "101", "0.1"},
		{"2:up", "100", "0.09"},
		{"2:down", "109", "0.09"},
		{"4:half", "1001", "0.9009"},
		{"0:up", "100", "1"},
	} {
		p := serve(t, sandbox.Config{Round: c.round, Balance: "100"})
		p.ask("add", "service", "1", "link", link, "quantity", c.quantity)
		order := p.Ledger()[0]
		want(t, c.round+" of "+c.quantity, order.Charge, c.charge)
		var told struct{ Charge string }
		must(t, json.Unmarshal([]byte(p.ask("status", "order", order.ID)), &told))
		want(t, "told, "+c.round, told.Charge, c.charge)
		want(t, "balance and charge", sum(t, p.Balance(), order.Charge), "100.0000000000")
	}
	p := serve(t, sandbox.Config{Round: "4:up"})
	p.ask("add", "service", "107", "link", link, "quantity", "101") // 0.0000425917
	want(t, "four places", p.Ledger()[0].Charge, "0.0001")
}

// TestWhatComesBackIsRoundedToo: the balance is what was there before less what the orders cost, to the last digit.
func TestWhatComesBackIsRoundedToo(t *testing.T) {
	for _, round := range []string{"", "2:half", "2:up", "2:down", "4:half"} {
		p := serve(t, sandbox.Config{Round: round, Balance: "100"})
		for i := range 100 {
			p.ask("add", "service", "106", "link", link+idOf(i), "quantity", idOf(100+i))
		}
		p.clock.pass(time.Hour)
		spent, partial := []string{p.Balance()}, 0
		for _, order := range p.Ledger() {
			spent = append(spent, order.Net)
			if order.Status == "Partial" {
				partial++
			}
			places := strings.IndexByte(order.Net+".", '.')
			if round != "" && len(order.Net)-places > 1+int(round[0]-'0') {
				t.Errorf("%s: order %s costs %s", round, order.ID, order.Net)
			}
		}
		want(t, "balance and charges, "+round, sum(t, spent...), "100.0000000000")
		want(t, "some gave money back", partial > 0, true)
	}
}

func TestAPanelGoesOnTellingTheGrossCharge(t *testing.T) {
	for gross, told := range map[bool]string{false: `"charge":"0"`, true: `"charge":"0.09"`} {
		p := serve(t, sandbox.Config{Gross: gross, Balance: "100", Speed: -1})
		p.post(follower("a"))
		id := p.Ledger()[0].ID
		p.ask("cancel", "orders", id)
		if answer := p.ask("status", "order", id); !strings.Contains(answer, told) {
			t.Errorf("gross %v: %s", gross, answer)
		}
		want(t, "the money is back", p.Balance(), "100")
		want(t, "what it cost", p.Ledger()[0].Net, "0")
	}
}

func TestAPriceMovesWhileOrdersComeIn(t *testing.T) {
	for _, c := range []struct{ price, charges, shown string }{
		{"1=90:after=3", "0.09 0.09 0.09 9 9 9", "0.90 0.90 0.90 90 90 90"},
		{"1=90:after=3:shown=5", "0.09 0.09 0.09 9 9 9", "0.90 0.90 0.90 0.90 0.90 90"},
		{"1=90:after=2:shown=never", "0.09 0.09 9 9 9 9", "0.90 0.90 0.90 0.90 0.90 0.90"},
		{"1=90:after=3:all", "0.09 9 9 9 9 9", "0.90 90 90 90 90 90"}, // two of another service came first
		{"1=0.045", "0.0045 0.0045 0.0045 0.0045 0.0045 0.0045", "0.045 0.045 0.045 0.045 0.045 0.045"},
	} {
		price, err := sandbox.ParsePrice(c.price)
		must(t, err)
		p := serve(t, sandbox.Config{Prices: []sandbox.Price{price}, Balance: "100"})
		for range 2 {
			p.ask("add", "service", "110", "link", link)
		}
		var charges, shown, all []string
		for i := range 6 {
			shown = append(shown, rateOf(t, p, "1"))
			p.post(follower(idOf(i)))
		}
		for i, order := range p.Ledger() {
			if all = append(all, order.Charge); i > 1 {
				charges = append(charges, order.Charge)
			}
		}
		want(t, "charges, "+c.price, strings.Join(charges, " "), c.charges)
		want(t, "shown, "+c.price, strings.Join(shown, " "), c.shown)
		want(t, "another service", rateOf(t, p, "110"), "2.49")
		want(t, "balance and charges", sum(t, append(all, p.Balance())...), "100.0000000000")
	}
}

func TestAPriceIsMovedByHand(t *testing.T) {
	p := serve(t, sandbox.Config{})
	p.post(follower("a"))
	must(t, p.SetPrices([]sandbox.Price{{Service: 1, Rate: "1.8"}}))
	want(t, "shown", rateOf(t, p, "1"), "1.8")
	p.post(follower("b"))
	want(t, "charge", p.Ledger()[1].Charge, "0.18")
	must(t, p.SetPrices(nil))
	want(t, "shown again", rateOf(t, p, "1"), "0.90")
}

func TestPricesAndRoundingsThatAreWrongAreRefused(t *testing.T) {
	for _, text := range []string{"", "1", "x=2", "1=2:after=x", "1=2:later", "1=2:shown=soon"} {
		if p, err := sandbox.ParsePrice(text); err == nil {
			t.Errorf("price %q is taken: %+v", text, p)
		}
	}
	for _, cfg := range []sandbox.Config{
		{Round: "2"}, {Round: "2:banker"}, {Round: "11:up"}, {Round: "-1:up"}, {Echo: "rot13"},
		{Prices: []sandbox.Price{{Service: 999, Rate: "1"}}}, {Prices: []sandbox.Price{{Service: 1, Rate: "x"}}},
		{Prices: []sandbox.Price{{Service: 1, Rate: "1", Of: "some"}}},
	} {
		if _, err := sandbox.New(cfg); err == nil {
			t.Errorf("taken: %+v", cfg)
		}
	}
}

// rateOf is what the catalogue shows of a service.
func rateOf(t *testing.T, p *panel, service string) string {
	t.Helper()
	var services []struct {
		Service json.Number
		Rate    string
	}
	must(t, json.Unmarshal([]byte(p.ask("services")), &services))
	for _, s := range services {
		if s.Service.String() == service {
			return s.Rate
		}
	}
	t.Fatalf("service %s is not in the catalogue", service)
	return ""
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func idOf(n int) string { return strconv.Itoa(n) }

// sum adds up exact decimals.
func sum(t *testing.T, texts ...string) string {
	t.Helper()
	total := new(big.Rat)
	for _, text := range texts {
		total.Add(total, amount(t, text))
	}
	return total.FloatString(10)
}
