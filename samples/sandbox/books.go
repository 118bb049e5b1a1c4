package sandbox

import (
	"container/heap"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// record is one line of the file, and the only way that the books change: what
// is told to the client is done by the same code that reads the file again.
type record struct {
	Kind    string    `json:"kind"`           // order, run, stranger, cancel or refill
	ID      int64     `json:"id"`             // of the order, or of the refill
	Order   int64     `json:"order,omitzero"` // of a refill its order, of a run its drip-feed
	Service int64     `json:"service,omitzero"`
	Type    string    `json:"type,omitzero"`
	Form    string    `json:"form,omitzero"` // form-encoded, without the key
	Pieces  int64     `json:"pieces,omitzero"`
	Drip    bool      `json:"drip,omitzero"` // runs are asked for
	Charge  money     `json:"charge,omitzero"`
	At      time.Time `json:"at"`
	Hand    bool      `json:"hand,omitzero"`  // a person ordered it on the panel's page
	Fault   string    `json:"fault,omitzero"` // what its request met
}

// entry is an order in the books. There may be millions, so the form stays
// encoded until someone asks.
type entry struct {
	id       int64
	service  int64
	typ      string
	form     string
	pieces   int64 // all runs together; 0: a subscription
	charge   money // what was taken at first
	drip     bool
	taken    time.Time
	canceled time.Time // zero: nobody canceled it
	round    *rounding // of its charge
	parent   int64     // of a drip-feed's run the drip-feed; 0: it is none
	runs     int64     // of a drip-feed how many runs became orders
	hand     bool
	fault    string
}

// subscription tells whether the order is the parent of orders to come.
func (e *entry) subscription() bool { return e.pieces == 0 }

type refill struct {
	order int64
	asked time.Time
}

// books are the account: orders, refills and money.
type books struct {
	speed     float64
	letters   bool
	start     money         // the balance before any order
	round     *rounding     // of orders to come
	refunds   uint64        // of 100 orders that end, how many give money back; 0: 12
	taken     map[int64]int // by service, how many orders
	spent     money         // net charges as of the last settle
	orders    []entry
	strangers []Order
	index     map[int64]int // id to place in orders; -1: a stranger's
	drips     []int         // places of drip-feeds
	refills   []refill      // the id of each is its place, from 1
	refilled  map[int64]int // order to its last refill's place
	returns   returns
	nextID    int64
	pages     map[page]int // the newest order of a service and link; nil: not needed
	requestID string
	answered  map[string]int64 // request id to order; nil: not needed
}

type page struct {
	service int64
	link    string
}

func newBooks(cfg Config, start money) books {
	b := books{
		speed: cfg.Speed, letters: cfg.Letters, start: start, refunds: uint64(cfg.Refunds * 100),
		taken: map[int64]int{}, nextID: cfg.FirstID, requestID: cfg.RequestID,
		index: map[int64]int{}, refilled: map[int64]int{},
	}
	if cfg.ActiveGuard {
		b.pages = map[page]int{}
	}
	if cfg.RequestID != "" {
		b.answered = map[string]int64{}
	}
	return b
}

// apply enters a record.
func (b *books) apply(r record) error {
	switch r.Kind {
	case "order":
		b.enter(r)
	case "run":
		b.enterRun(r)
	case "stranger":
		b.strangers = append(b.strangers, Order{ID: b.idText(r.ID), Taken: r.At})
		b.claim(r.ID, -1)
	case "cancel":
		e := b.find(r.ID)
		if e == nil {
			return fmt.Errorf("cancel of order %d, which is not there", r.ID)
		}
		e.canceled = r.At
		b.spent -= e.charge - b.netAt(e, r.At)
	case "refill":
		b.refills = append(b.refills, refill{order: r.Order, asked: r.At})
		b.refilled[r.Order] = len(b.refills) - 1
	default:
		return fmt.Errorf("kind %q is not known", r.Kind)
	}
	return nil
}

func (b *books) enter(r record) {
	f, _ := parseForm(r.Form)
	place := len(b.orders)
	b.orders = append(b.orders, entry{
		id: r.ID, service: r.Service, typ: r.Type, form: r.Form,
		pieces: r.Pieces, charge: r.Charge, drip: r.Drip, taken: r.At, round: b.round, hand: r.Hand, fault: r.Fault,
	})
	b.claim(r.ID, place)
	b.taken[r.Service]++
	b.spent += r.Charge
	if b.pages != nil {
		b.pages[page{r.Service, f.get("link")}] = place
	}
	if b.answered != nil && f.has(b.requestID) {
		b.answered[f.get(b.requestID)] = r.ID
	}
	if r.Drip {
		b.drips = append(b.drips, place)
	}
	e := &b.orders[place]
	if end := b.ends(e); end.delivered < e.pieces && b.speed > 0 {
		heap.Push(&b.returns, giveBack{at: end.done, place: place})
	}
}

func (b *books) claim(id int64, place int) {
	b.index[id] = place
	b.nextID = max(b.nextID, id+1)
}

// find returns our order with that id, or nil.
func (b *books) find(id int64) *entry {
	if place, there := b.index[id]; there && place >= 0 {
		return &b.orders[place]
	}
	return nil
}

// settle gives back what orders that are final by now didn't deliver.
func (b *books) settle(now time.Time) {
	for len(b.returns) > 0 && !now.Before(b.returns[0].at) {
		due := heap.Pop(&b.returns).(giveBack)
		// A canceled order gave its money back when it was canceled.
		if e := &b.orders[due.place]; e.canceled.IsZero() {
			b.spent -= e.charge - b.netAt(e, now)
		}
	}
}

// netAt is what an order costs at a time.
func (b *books) netAt(e *entry, at time.Time) money {
	status, delivered := b.state(e, at)
	return b.net(e, status, delivered)
}

func (b *books) balance() money { return b.start - b.spent }

// order returns the entry as others see it.
func (b *books) order(e *entry, now time.Time) Order {
	f, _ := parseForm(e.form)
	status, delivered := b.state(e, now)
	o := Order{
		ID: b.idText(e.id), Service: strconv.FormatInt(e.service, 10), Type: e.typ,
		Fields: f.fields(), Doubled: f.doubled(),
		Charge: e.charge.String(), Net: b.net(e, status, delivered).String(), Status: status,
		By: "api", Fault: e.fault, Taken: e.taken,
	}
	switch {
	case e.hand:
		o.By = "hand"
	case e.parent != 0:
		o.By, o.Parent, o.Charge, o.Net = "drip", b.idText(e.parent), "0", "0" // its drip-feed paid
	}
	return o
}

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// Ids of letters and digits: neighbours look unrelated, and each has eight of them.
const (
	letterStep  = 100_003
	letterStart = 36 * 36 * 36 * 36 * 36 * 36 * 36
)

// idText is an order's id as the panel tells it.
func (b *books) idText(id int64) string {
	if b.letters {
		return strings.ToUpper(strconv.FormatInt(letterStart+id*letterStep, 36))
	}
	return idText(id)
}

// idOf reads it again.
func (b *books) idOf(text string) (id int64, ok bool) {
	if !b.letters {
		id, err := strconv.ParseInt(text, 10, 64)
		return id, err == nil
	}
	n, err := strconv.ParseInt(text, 36, 64)
	return (n - letterStart) / letterStep, err == nil && (n-letterStart)%letterStep == 0
}

// giveBack is money that comes back at a time. Which and when is known as soon
// as an order is taken, so a heap of them spares looking at every order.
type giveBack struct {
	at    time.Time
	place int
}

type returns []giveBack

func (r returns) Len() int           { return len(r) }
func (r returns) Less(i, j int) bool { return r[i].at.Before(r[j].at) }
func (r returns) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *returns) Push(x any)        { *r = append(*r, x.(giveBack)) }
func (r *returns) Pop() any {
	old := *r
	last := old[len(old)-1]
	*r = old[:len(old)-1]
	return last
}
