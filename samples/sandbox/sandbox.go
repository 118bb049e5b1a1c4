package sandbox

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Config says what panel to be. The zero value is a patient panel without
// faults that keeps its orders in memory.
type Config struct {
	Key      string // the account's key; empty: "sandbox"
	Balance  string // decimal before any order, below 900 million; empty: "1000000"
	Currency string // empty: "USD"

	Services    []Service // empty: the built-in catalogue, see Catalogue
	DelayValues []int     // minutes that subscriptions may name; empty: the longest list of the documents
	// Lacks names actions ("cancel") and forms for many ids ("status_many",
	// "refill_many", "refill_status_many") that are answered with Incorrect
	// request. Empty: all are there.
	Lacks []string

	Latency  time.Duration // real time between taking an order and answering; 0: none
	Rate     int           // requests of any action that the key may send in any 60 seconds; 0: unlimited
	RateText bool          // over the rate: 200 with {"error":"Rate limit exceeded"}; false: 429 with Retry-After

	Strings    bool // ids and counts are strings; false: numbers where the documents show numbers
	ErrorCodes bool // refusals come with 400, 402, 403 or 404; false: with 200
	// TakeCut acts on what came of a request that was cut short, as PHP does; then
	// nothing but the key's place at the end protects its sender. False: such a
	// request is dropped.
	TakeCut bool

	ActiveGuard bool    // refuse an add while an order with the same service and link is not final; false: take it
	Speed       float64 // how fast orders age; 0: 1, done in 25 to 140 s; negative: all stay Pending
	FirstID     int64   // id of the first order; 0: 23501
	Letters     bool    // ids are eight letters and digits; false: numbers
	RandomIDs   bool    // ids are nine random digits; false: they ascend
	// Round makes charges of what rates come to: places and half, up or down, such as "2:up". What Partial
	// orders give back is rounded in the same way. Empty: all ten decimals are kept.
	Round  string
	Gross  bool    // status goes on telling the charge at first, whatever was given back; false: the net charge
	Prices []Price // as for SetPrices; empty: the catalogue's hold for good
	// Echo makes answers tell the key: in a member of its own, in error texts, in the names of services. It
	// names the writing: raw, json (\/), unicode (\u0063), percent (%2f), PERCENT (%2F), html (&#x2F;), decimal
	// (&#47;), named (&amp;), base64, base64url, or a part: first12, last8, mid8. Empty: no answer does.
	Echo string

	Strangers float64 // chance, below 1, that other accounts' orders take ids before each of ours; 0: no gaps
	// Hands is the chance, below 1, that before each add a person orders on the panel's page, on the same account:
	// every second time the same service and quantity, for another link. 0: nobody does.
	Hands     float64
	RequestID string // parameter that makes add idempotent: its value gets the first order's id again; empty: none

	// What real panels do in their own ways, one by one; see Characters for the panels that they make.
	Sayings     []Saying          // other words for the panel's own refusals; empty: those of the documents
	Links       []LinkRule        // what links must be, beside being one; empty: nothing
	Added       string            // the answer to an add that was taken, {id} for the order's id; empty: {"order":{id}}
	Limit       string            // another limit than Rate, as ParseLimit reads it; empty: none
	Statuses    string            // the shape of statuses, see shapesOfStatuses; empty: an object by id
	Words       map[string]string // other words for statuses, by the documents' words; empty: those
	Most        int               // ids that one request may name; 0: 100
	Cut         bool              // of more than Most ids the first are answered; false: the request is refused
	Odd         []string          // JSON values among the services that no service is; empty: none
	Refunds     float64           // share of orders that end Partial or Canceled; 0: 12 of 100
	ChargeLate  time.Duration     // status tells no charge until an order is so old; 0: it tells it at once
	BalanceLate time.Duration     // the balance that is told falls so long after an order; 0: at once
	Children    bool              // a drip-feed's runs become orders with ids of their own; false: the order is all
	Turns       []string          // characters that it plays by turns, after another; empty: it stays as it is
	TurnEvery   int               // adds that a turn lasts; 0: 20

	Faults []Fault // as for SetFaults; empty: none
	Seed   int64   // of strangers, random ids and the faults' probabilities; 0 is a seed like any other

	// File keeps the orders, a JSON object a line, synced before each answer, and
	// is read by New. Processes may share it, where they agree on Speed. Empty:
	// memory only.
	File         string
	KeepRequests int // how many of the newest requests Requests tells; 0: all; negative: none

	// Watch is told of each request when it came, "came", and when what it asks for is done and isn't answered yet,
	// "done". A request that a fault hits comes alone. The panel goes on when Watch returns; several requests may be
	// told of at once. Empty: nobody watches.
	Watch func(action, moment string)

	Now func() time.Time // clock of the orders and of the rate; empty: time.Now. Waits are in real time always
}

// Sandbox is one account on one panel. All its methods may be called at the
// same time.
type Sandbox struct {
	cfg      Config
	turns    []Config            // what it is by turns; empty: cfg for good
	services map[string]*service // by id, as clients write it
	done     chan struct{}       // closed by Close; ends every wait

	mu      sync.Mutex // guards all below; never held while waiting for a client or for time
	closed  bool
	play    Config // cfg, or the turn that it is
	says    sayings
	links   []linkRule
	adds    int // adds that were judged, for turns and sayings
	rand    *rand.Rand
	limit   limiter
	faults  []armed
	prices  []price
	shown   []string // services and rates that the listing shows instead of the catalogue's; nil: it isn't written yet
	listing string   // the answer to services
	visits  []*visit
	books   books
	file    *file // nil: memory only
}

// New returns a panel of cfg, with the orders that its file holds. It fails on
// a Config that contradicts itself and on a file that can't be read.
func New(cfg Config) (*Sandbox, error) {
	cfg = withDefaults(cfg)
	start, err := parseMoney(cfg.Balance)
	if err != nil {
		return nil, fmt.Errorf("sandbox: balance: %w", err)
	}
	chances := map[string]float64{"strangers": cfg.Strangers, "hands": cfg.Hands, "refunds": cfg.Refunds}
	for name, chance := range chances {
		if chance < 0 || chance >= 1 {
			return nil, fmt.Errorf("sandbox: %s: %v is not a chance from 0 to below 1", name, chance)
		}
	}
	if !knownEcho(cfg.Echo) {
		return nil, fmt.Errorf("sandbox: echo %q: expected %s", cfg.Echo, writingNames())
	}
	services, err := prepare(cfg.Services)
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	s := &Sandbox{
		cfg:      cfg,
		services: services,
		done:     make(chan struct{}),
		books:    newBooks(cfg, start),
	}
	if len(cfg.Turns) > 0 && cfg.File != "" {
		return nil, errors.New("sandbox: a panel of characters by turns keeps its orders in memory, not in a file")
	}
	if err := s.prepareTurns(); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	if err := s.SetPrices(cfg.Prices); err != nil {
		return nil, err
	}
	if cfg.File != "" {
		if err := s.load(); err != nil {
			return nil, fmt.Errorf("sandbox: %w", err)
		}
	}
	// After a restart the same seed must not draw the same ids again.
	s.rand = rand.New(rand.NewPCG(uint64(cfg.Seed), uint64(len(s.books.index))))
	return s, nil
}

func withDefaults(cfg Config) Config {
	if cfg.Key == "" {
		cfg.Key = "sandbox"
	}
	if cfg.Balance == "" {
		cfg.Balance = "1000000"
	}
	if cfg.Currency == "" {
		cfg.Currency = "USD"
	}
	if cfg.Speed == 0 {
		cfg.Speed = 1
	}
	if cfg.FirstID == 0 {
		cfg.FirstID = 23501
	}
	if len(cfg.Services) == 0 {
		cfg.Services = Catalogue()
	}
	if len(cfg.DelayValues) == 0 {
		cfg.DelayValues = []int{
			0, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120, 150, 180,
			210, 240, 270, 300, 360, 420, 480, 540, 600,
		}
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Watch == nil {
		cfg.Watch = func(string, string) {}
	}
	return cfg
}

// Order is one order that the panel took.
type Order struct {
	ID      string            // digits, or letters too
	Service string            // the service's id
	Type    string            // the service's type when the order was taken
	Fields  map[string]string // every parameter but key and action, as it came; of a repeated one the first
	Doubled []string          // names that came more than once, key and action too; empty: none
	Charge  string            // exact decimal taken from the balance at first; "0" for subscriptions
	Net     string            // exact decimal that it costs by now
	Status  string            // the word for it by now, as the documents write it
	By      string            // who ordered: "api", our key; "hand", a person on the panel's page; "drip", a drip-feed
	Parent  string            // of a drip-feed's run the drip-feed's id; empty: none
	Fault   string            // the fault that its request met, as ParseFault reads it; empty: none
	Taken   time.Time
}

// Ledger returns a copy of the account's orders, in the order taken.
func (s *Sandbox) Ledger() []Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp()
	now := s.cfg.Now()
	orders := make([]Order, len(s.books.orders))
	for i := range s.books.orders {
		orders[i] = s.books.order(&s.books.orders[i], now)
	}
	return orders
}

// Strangers returns the orders of other accounts that took ids between ours, in
// the order taken. Of them only ID and Taken are known, and for our key they
// don't exist: status answers Incorrect order ID.
func (s *Sandbox) Strangers() []Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp()
	return slices.Clone(s.books.strangers)
}

// Balance returns what is left of the account's money, an exact decimal.
func (s *Sandbox) Balance() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp()
	s.books.settle(s.cfg.Now())
	return s.books.balance().String()
}

// Pay adds to the balance, as a person does who tops it up, or the panel that gives money back.
func (s *Sandbox) Pay(amount string) error {
	paid, err := parseMoney(amount)
	if err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books.start += paid
	return nil
}

// Request is one request as it arrived.
type Request struct {
	At       time.Time
	Conn     string     // the client's address and port: one for each connection
	Protocol string     // "HTTP/1.1"
	Method   string     // "POST"
	Action   string     // empty where none came
	Form     url.Values // all parameters but the key
	Names    []string   // the parameters' names as they came, the key's too
	KeyRight bool       // the key was the account's
	Cut      bool       // the body ended early
	Fault    string     // the fault that hit, as ParseFault reads it; empty: none
	Order    string     // the id of the order that it took; empty: none
	Refusal  string     // the error text of the panel itself; a fault may have told another
}

// Requests returns every request received, in the order of their arrival. To
// count them by second or by action is up to the caller.
func (s *Sandbox) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	visits := s.visits
	if keep := s.cfg.KeepRequests; keep > 0 && len(visits) > keep {
		visits = visits[len(visits)-keep:]
	}
	requests := make([]Request, len(visits))
	for i, v := range visits {
		requests[i] = v.request()
		if v.order != 0 {
			requests[i].Order = s.books.idText(v.order)
		}
	}
	return requests
}

// Close ends all stalls and waits, and closes the file. Requests that still
// come are answered 500. It may be called again.
func (s *Sandbox) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	close(s.done)
	if s.file == nil {
		return nil
	}
	return s.file.close()
}
