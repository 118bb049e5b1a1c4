package report

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// ClientTerms say how clients are told of their orders. What they are told has nothing of the panel, of what orders
// cost, of balances, of batches or of who ordered.
type ClientTerms struct {
	Title    string              // heads the report; empty: "Your orders"
	Logo     string              // path of a PNG or JPEG picture; empty: there is none
	Font     string              // path of a TrueType font for PDFs; empty: our own
	Offers   map[string]Offer    // by service
	Markup   decimal.NullDecimal // on the panel's prices of what isn't offered otherwise; not valid: that has no price
	Currency string              // of the offers
}

// HasPrices tells whether clients are told prices.
func (t ClientTerms) HasPrices() bool {
	for _, o := range t.Offers {
		if o.Price.Valid {
			return true
		}
	}
	return t.Markup.Valid
}

// ClientOrder is a row as its client is told of it.
type ClientOrder struct {
	Service   string
	Link      string
	Quantity  int64 // 0: nothing is counted, or it isn't known
	Delivered int64 // -1: it isn't known
	Status    ClientStatus
	Ordered   time.Time           // zero: not yet
	Updated   time.Time           // when that was last heard; zero: never
	Price     decimal.NullDecimal // not valid: there is none, or it depends on what will be delivered
	Currency  string
}

// ClientStatus is how an order stands in words for its client.
type ClientStatus string

const (
	ClientPlanned   ClientStatus = "Not started"
	ClientChecked   ClientStatus = "Being checked" // it may have been ordered
	ClientOrdered   ClientStatus = "Ordered"
	ClientWorking   ClientStatus = "In progress"
	ClientDone      ClientStatus = "Completed"
	ClientPartly    ClientStatus = "Partly delivered"
	ClientCancelled ClientStatus = "Cancelled"
)

// ClientStatuses are all of them, in the order of an order's life.
func ClientStatuses() []ClientStatus {
	return []ClientStatus{ClientDone, ClientPartly, ClientWorking, ClientOrdered, ClientChecked, ClientPlanned,
		ClientCancelled}
}

// Order tells a row to its client. service is the panel's name of its service. ok is false for rows that were ordered
// elsewhere, or left the sheet: these aren't the client's orders of this batch.
func (t ClientTerms) Order(e journal.Entry, service string) (o ClientOrder, ok bool) {
	if e.State == journal.Skipped || e.HasLeft() {
		return o, false
	}
	offer, is := t.Offers[e.Panel+"/"+e.Service]
	if !is {
		offer = t.Offers[e.Service]
	}
	o = ClientOrder{
		Service: cmp.Or(offer.Name, service, "Service "+e.Service),
		Link:    cmp.Or(e.Link(), param(e, "username")),
		Status:  clientStatus(e),
	}
	o.Quantity, o.Delivered = counted(e), -1
	if e.State != journal.Placed {
		return o, true
	}
	o.Ordered, o.Updated = e.SentAt, e.CheckedAt
	if n, err := strconv.ParseInt(delivered(e), 10, 64); err == nil {
		o.Delivered = n
	} else if o.Status == ClientDone && o.Quantity > 0 {
		o.Delivered = o.Quantity
	}
	if o.Price = t.price(e, offer, o); o.Price.Valid {
		if o.Currency = t.Currency; !offer.Price.Valid {
			o.Currency = e.Currency
		}
	}
	return o, true
}

func clientStatus(e journal.Entry) ClientStatus {
	switch Told(e.State) {
	case journal.InDoubt:
		return ClientChecked
	case journal.Placed:
	default:
		return ClientPlanned
	}
	switch journal.StandingOf(e.Status) {
	case journal.Working:
		return ClientWorking
	case journal.Done:
		return ClientDone
	case journal.Partly:
		return ClientPartly
	case journal.Failed:
		return ClientCancelled
	}
	return ClientOrdered
}

// counted is how much a row orders in all.
func counted(e journal.Entry) int64 {
	if list := cmp.Or(param(e, "comments"), param(e, "usernames")); list != "" {
		return int64(len(strings.Split(list, "\n")))
	}
	n, err := strconv.ParseInt(param(e, "quantity"), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	if runs, err := strconv.ParseInt(param(e, "runs"), 10, 32); err == nil && runs > 0 && n < 1<<31 {
		return n * runs
	}
	return n
}

// price is what a client pays for an order, to the cent: of one that ended early the part that was delivered.
func (t ClientTerms) price(e journal.Entry, offer Offer, o ClientOrder) (none decimal.NullDecimal) {
	rate := offer.Price
	if !rate.Valid && t.Markup.Valid {
		rate = decimal.NewNullDecimal(e.Rate.Add(e.Rate.Mul(t.Markup.Decimal)))
	}
	if e.Rate = rate.Decimal; !rate.Valid {
		return none
	}
	whole, known := e.Estimate()
	if !known {
		return none
	}
	if o.Status == ClientPartly || o.Status == ClientCancelled {
		if o.Delivered < 0 || o.Quantity == 0 {
			return none
		}
		whole = whole.Mul(decimal.NewFromInt(o.Delivered)).Div(decimal.NewFromInt(o.Quantity))
	}
	return decimal.NewNullDecimal(whole.Round(2))
}

// ClientReport is what one client is told.
type ClientReport struct {
	Client string
	At     time.Time // when it was made
	Orders []ClientOrder
}

// ClientSum is what the orders of a report came to.
type ClientSum struct {
	Statuses  map[ClientStatus]int
	Quantity  int64
	Delivered int64
	Prices    map[string]decimal.Decimal // by currency
	Unpriced  int                        // orders whose price isn't known yet
}

// Sum adds the orders up. Rows that aren't ordered have no price and aren't missed.
func (r ClientReport) Sum() ClientSum {
	s := ClientSum{Statuses: map[ClientStatus]int{}, Prices: map[string]decimal.Decimal{}}
	for _, o := range r.Orders {
		s.Statuses[o.Status]++
		s.Quantity += o.Quantity
		s.Delivered += max(o.Delivered, 0)
		switch {
		case o.Price.Valid:
			s.Prices[o.Currency] = s.Prices[o.Currency].Add(o.Price.Decimal)
		case !o.Ordered.IsZero():
			s.Unpriced++
		}
	}
	return s
}

// Clients sorts the rows of a batch by client: by the text of a column, whatever its case and blanks.
type Clients struct {
	Without int // rows that name no client

	terms  ClientTerms
	column int
	names  map[[2]string]string // of services, by panel and id
	at     time.Time
	all    []*ClientReport // in the order of the sheet
	byName map[string]*ClientReport
}

// NewClients begins. column is the place of the clients' names among the person's columns.
func NewClients(terms ClientTerms, column int, services []journal.Service, at time.Time) *Clients {
	c := &Clients{terms: terms, column: column, names: map[[2]string]string{}, at: at, byName: map[string]*ClientReport{}}
	for _, s := range services {
		c.names[[2]string{s.Panel, s.ID}] = s.Name
	}
	return c
}

// Add takes a row.
func (c *Clients) Add(e journal.Entry) {
	name := strings.TrimSpace(Cell(e, c.column))
	o, ok := c.terms.Order(e, c.names[[2]string{e.Panel, e.Service}])
	if !ok {
		return
	}
	if name == "" {
		c.Without++
		return
	}
	r := c.byName[clientKey(name)]
	if r == nil {
		r = &ClientReport{Client: name, At: c.at}
		c.byName[clientKey(name)] = r
		c.all = append(c.all, r)
	}
	r.Orders = append(r.Orders, o)
}

// clientKey keeps punctuation: "A+B" and "AB" are two clients, who mustn't see each other's orders.
func clientKey(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// Of is the report of one client; nil: no row names it.
func (c *Clients) Of(name string) *ClientReport { return c.byName[clientKey(name)] }

// All gives all reports, in the order in which the sheet names clients.
func (c *Clients) All() []*ClientReport { return c.all }
