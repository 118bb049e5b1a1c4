package sandbox

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Price is another rate of a service, which comes to hold while orders come in.
type Price struct {
	Service int64
	Rate    string // decimal, as in the catalogue
	After   int    // it holds when so many orders are taken; 0: from the start
	Shown   int    // the catalogue shows it when so many are taken; 0: as soon as it holds; negative: never
	Of      string // which orders count: "service", those of the service; "all"; empty: "service"
}

// ParsePrice reads a price as a command line writes it:
//
//	price  = service "=" rate { ":" option }
//	option = "after=" orders | "shown=" orders | "shown=never" | "all"
//
// With "all" the orders of every service count, otherwise those of the service.
// Example: "1=90:after=3:shown=10".
func ParsePrice(text string) (Price, error) {
	head, options, _ := strings.Cut(text, ":")
	id, rate, found := strings.Cut(head, "=")
	service, err := strconv.ParseInt(id, 10, 64)
	if err != nil || !found {
		return Price{}, fmt.Errorf("price %q: expected SERVICE=RATE, such as 1=0.95:after=3", text)
	}
	p := Price{Service: service, Rate: rate}
	for option := range strings.SplitSeq(options, ":") {
		if err := p.option(option); err != nil {
			return Price{}, fmt.Errorf("price %q: %w", text, err)
		}
	}
	return p, nil
}

func (p *Price) option(text string) (err error) {
	name, value, _ := strings.Cut(text, "=")
	switch {
	case text == "":
	case text == "all":
		p.Of = "all"
	case text == "shown=never":
		p.Shown = -1
	case name == "after":
		p.After, err = strconv.Atoi(value)
	case name == "shown":
		p.Shown, err = strconv.Atoi(value)
	default:
		return fmt.Errorf("%q: expected after=ORDERS, shown=ORDERS, shown=never or all", text)
	}
	if err != nil {
		return fmt.Errorf("%s: expected a number of orders", text)
	}
	return nil
}

// price is a Price made ready.
type price struct {
	Price
	each money // price of one piece
}

// SetPrices replaces all prices that came after the catalogue's own. A later one in the list goes before an
// earlier one, where both hold.
func (s *Sandbox) SetPrices(prices []Price) error {
	next := make([]price, len(prices))
	for i, p := range prices {
		if s.services[idText(p.Service)] == nil {
			return fmt.Errorf("sandbox: price of service %d, which is not there", p.Service)
		}
		if p.Of != "" && p.Of != "all" && p.Of != "service" {
			return fmt.Errorf("sandbox: price of service %d: of %q: expected service or all", p.Service, p.Of)
		}
		rate, err := parseRate(p.Rate)
		if err != nil {
			return fmt.Errorf("sandbox: price of service %d: %w", p.Service, err)
		}
		next[i] = price{Price: p, each: rate / 1000}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prices = next
	s.shown = nil
	return nil
}

// parseRate reads what a thousand pieces cost.
func parseRate(text string) (money, error) {
	rate, err := parseMoney(text)
	if err == nil && rate%1000 != 0 {
		err = fmt.Errorf("%q: expected at most seven decimals", text)
	}
	if err != nil {
		return 0, fmt.Errorf("rate: %w", err)
	}
	return rate, nil
}

// taken counts the orders that move a price.
func (s *Sandbox) taken(p price) int {
	if p.Of == "all" {
		return len(s.books.orders)
	}
	return s.books.taken[p.Service]
}

// priced returns the service as it costs now.
func (s *Sandbox) priced(svc *service) *service {
	now := *svc
	for _, p := range s.prices {
		if p.Service == svc.ID && s.taken(p) >= p.After {
			now.each = p.each
		}
	}
	return &now
}

// catalogue is the answer to services. It is written anew when a price that it
// shows has moved.
func (s *Sandbox) catalogue() string {
	shown := make([]string, 0, len(s.prices))
	for _, p := range s.prices {
		if n := s.taken(p); n >= p.After && p.Shown >= 0 && n >= p.Shown {
			shown = append(shown, idText(p.Service), p.Rate)
		}
	}
	if s.shown != nil && slices.Equal(s.shown, shown) {
		return s.listing
	}
	services := slices.Clone(s.cfg.Services)
	for i := range services {
		for at := 0; at < len(shown); at += 2 {
			if shown[at] == idText(services[i].ID) {
				services[i].Rate = shown[at+1]
			}
		}
	}
	s.shown, s.listing = shown, s.list(services)
	return s.listing
}

// rounding is how a panel makes a charge of what a rate comes to.
type rounding struct {
	unit money // charges are whole numbers of these
	how  string
}

// parseRounding reads "2:up"; nothing at all rounds to money's own places.
func parseRounding(text string) (rounding, error) {
	if text == "" {
		return rounding{unit: 1, how: "down"}, nil
	}
	digits, how, _ := strings.Cut(text, ":")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > places || !slices.Contains([]string{"half", "up", "down"}, how) {
		return rounding{}, errors.New("round " + strconv.Quote(text) +
			": expected places and half, up or down, such as 2:up")
	}
	unit := money(1)
	for range places - n {
		unit *= 10
	}
	return rounding{unit: unit, how: how}, nil
}

// of rounds amount·n/d, where n is at most d, so that it doesn't overflow.
func (r rounding) of(amount money, n, d int64) money {
	high, low := bits.Mul64(uint64(amount), uint64(n))
	units, rest := bits.Div64(high, low, uint64(d))
	below := money(units) / r.unit * r.unit
	over, exact := money(units)-below, money(units) == below && rest == 0
	if r.how == "up" && !exact || r.how == "half" && 2*over >= r.unit && r.unit > 1 {
		return below + r.unit
	}
	return below
}
