package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxMany is how many ids the documents allow in one request.
const maxMany = 100

// handle does what a call asks for, and answers as the panel itself would. What
// it did is synced when it returns.
func (s *Sandbox) handle(c call) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.echoed(c, s.act(c))
	c.visit.refusal = a.refusal
	if a.order != 0 {
		c.visit.order = a.order
	}
	return a
}

func (s *Sandbox) act(c call) answer {
	if s.closed {
		return answer{code: 500, body: titled(500)}
	}
	unlock, err := s.share()
	if err != nil {
		return answer{code: 500, body: titled(500)}
	}
	defer unlock()
	now := s.cfg.Now()
	s.books.settle(now)
	if err := s.runs(now); err != nil {
		return answer{code: 500, body: titled(500)}
	}
	if c.key != s.cfg.Key {
		return s.refuse("Invalid API key")
	}
	if wait := s.limit.wait(now); wait > 0 {
		return s.tooFast(wait)
	}
	if c.broken || slices.Contains(s.play.Lacks, c.action) || slices.Contains(s.play.Lacks, c.many()) {
		return s.refuse("Incorrect request")
	}
	switch c.action {
	case "services":
		return answer{body: s.catalogue()}
	case "balance":
		return answer{body: object("balance", text(s.toldBalance(now).String()), "currency", text(s.cfg.Currency))}
	case "add":
		return s.add(c, now)
	case "status":
		return s.status(c, now)
	case "refill":
		return s.refill(c, now)
	case "refill_status":
		return s.refillStatus(c, now)
	case "cancel":
		return s.cancel(c, now)
	}
	return s.refuse("Incorrect request")
}

// many names the form of an action for many ids, as Config.Lacks does.
func (c call) many() string {
	if c.form.has("orders") || c.form.has("refills") {
		return c.action + "_many"
	}
	return ""
}

func (s *Sandbox) tooFast(wait time.Duration) answer {
	if s.play.RateText {
		return s.refuse("Rate limit exceeded")
	}
	a := s.refuse("Too many requests")
	a.code = 429
	if !s.limit.silent {
		a.retry = wait
	}
	return a
}

// add takes an order, or refuses it.
func (s *Sandbox) add(c call, now time.Time) answer {
	if err := s.comeBefore(c, now); err != nil {
		return answer{code: 500, body: titled(500)}
	}
	if id, again := s.books.answered[c.form.get(s.cfg.RequestID)]; again {
		return answer{body: s.added(id)}
	}
	svc := s.services[strings.TrimSpace(c.form.get("service"))]
	if svc == nil {
		return s.refuse("Incorrect service ID")
	}
	pieces, refusal := s.check(svc, c.form, now)
	if refusal != "" {
		return s.refuse(refusal)
	}
	if s.busy(svc, c.form, now) {
		return s.refuse("You have active order with this link. Please wait until order being completed.")
	}
	charge, ok := s.priced(svc).price(pieces, c.form.has("quantity"))
	charge = s.books.round.of(charge, 1, 1)
	if !ok || charge > s.books.balance() {
		return s.refuse("Not enough funds on balance")
	}
	order := record{
		Kind: "order", Service: svc.ID, Type: svc.Type, Form: c.kept, Pieces: pieces, Charge: charge, At: now,
		Drip: svc.shape.drip && c.form.has("runs"), Fault: c.visit.met(),
	}
	records := s.strangers(now)
	order.ID = s.freeID(len(records))
	if err := s.commit(append(records, order)...); err != nil {
		return answer{code: 500, body: titled(500)}
	}
	return answer{body: s.added(order.ID), order: order.ID}
}

// added writes the answer to an add that was taken.
func (s *Sandbox) added(id int64) string {
	if s.play.Added != "" {
		return strings.ReplaceAll(s.play.Added, "{id}", s.orderID(id))
	}
	return object("order", s.orderID(id))
}

// busy tells whether the guard against two orders for one page stops an add.
// With the guard on, only the newest order of a page can be unfinished.
func (s *Sandbox) busy(svc *service, f form, now time.Time) bool {
	link := f.get("link")
	place, ordered := s.books.pages[page{svc.ID, link}]
	if !ordered || link == "" {
		return false
	}
	status, _ := s.books.state(&s.books.orders[place], now)
	return !final(status)
}

// strangers returns the orders that others had taken before ours came.
func (s *Sandbox) strangers(now time.Time) []record {
	var records []record
	for s.play.Strangers > 0 && s.rand.Float64() < s.play.Strangers {
		records = append(records, record{Kind: "stranger", ID: s.freeID(len(records)), At: now})
	}
	return records
}

// freeID returns an id that nobody has, after so many that are about to be taken.
func (s *Sandbox) freeID(ahead int) int64 {
	if !s.cfg.RandomIDs {
		return s.books.nextID + int64(ahead)
	}
	for {
		id := 100_000_000 + s.rand.Int64N(900_000_000)
		if _, taken := s.books.index[id]; !taken {
			return id
		}
	}
}

// refill asks for the refill of one order, or of many.
func (s *Sandbox) refill(c call, now time.Time) answer {
	if !c.form.has("orders") {
		id, refusal := s.refillOne(c.form.get("order"), now)
		if refusal != "" {
			return s.refuse(refusal)
		}
		return answer{body: object("refill", text(idText(id)))}
	}
	return s.each(c.form.get("orders"), "order", "refill", func(order string) (string, string) {
		id, refusal := s.refillOne(order, now)
		return s.number(id), refusal
	})
}

func (s *Sandbox) refillOne(order string, now time.Time) (id int64, refusal string) {
	e := s.lookup(order)
	if e == nil {
		return 0, "Incorrect order ID"
	}
	svc := s.services[idText(e.service)]
	if status, _ := s.books.state(e, now); svc == nil || !svc.Refill || !delivered(status) {
		return 0, "Refill is not available for this order"
	}
	if place, asked := s.books.refilled[e.id]; asked && !final(s.books.refillStatus(s.books.refills[place], now)) {
		return 0, "Refill is already in progress"
	}
	id = int64(len(s.books.refills)) + 1
	if err := s.commit(record{Kind: "refill", ID: id, Order: e.id, At: now}); err != nil {
		return 0, "Refill is not available for this order"
	}
	return id, ""
}

// delivered tells whether there is something to refill.
func delivered(status string) bool { return status == "Completed" || status == "Partial" }

// refillStatus answers how one refill is, or many.
func (s *Sandbox) refillStatus(c call, now time.Time) answer {
	one := func(id string) (status, refusal string) {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || n < 1 || n > int64(len(s.books.refills)) {
			return "", "Refill not found"
		}
		return text(s.books.refillStatus(s.books.refills[n-1], now)), ""
	}
	if c.form.has("refills") {
		return s.each(c.form.get("refills"), "refill", "status", one)
	}
	status, refusal := one(c.form.get("refill"))
	if refusal != "" {
		return s.refuse(refusal)
	}
	return answer{body: object("status", status)}
}

// cancel stops orders that are not final and gives back what they didn't
// deliver, at once. Real panels take their time, and may then say no.
func (s *Sandbox) cancel(c call, now time.Time) answer {
	one := func(id string) (value, refusal string) {
		e := s.lookup(id)
		if e == nil {
			return "", "Incorrect order ID"
		}
		svc := s.services[idText(e.service)]
		if status, _ := s.books.state(e, now); svc == nil || !svc.Cancel || final(status) {
			return "", "Cancel is not available for this order"
		}
		if err := s.commit(record{Kind: "cancel", ID: e.id, At: now}); err != nil {
			return "", "Cancel is not available for this order"
		}
		return s.number(1), ""
	}
	if c.form.has("orders") || !c.form.has("order") {
		return s.each(c.form.get("orders"), "order", "cancel", one)
	}
	value, refusal := one(c.form.get("order"))
	if refusal != "" {
		return s.refuse(refusal)
	}
	return answer{body: object("cancel", value)}
}

// each answers a list with one object for each id: the id under name, and under
// result what one says, or its refusal as an error in there.
func (s *Sandbox) each(ids, name, result string, one func(id string) (value, refusal string)) answer {
	asked, ok := s.within(split(ids))
	if !ok {
		return s.refuse("Incorrect request")
	}
	var items []string
	for _, id := range asked {
		value, refusal := one(id)
		if refusal != "" {
			value = object("error", text(refusal))
		}
		items = append(items, object(name, s.echo(id), result, value))
	}
	return answer{body: list(items)}
}

// split returns the ids of a list with commas, each once.
func split(text string) (ids []string) {
	for id := range strings.SplitSeq(text, ",") {
		if id = strings.TrimSpace(id); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// lookup returns our order with the id that a client wrote, or nil.
func (s *Sandbox) lookup(id string) *entry {
	n, ok := s.books.idOf(strings.TrimSpace(id))
	if !ok {
		return nil
	}
	return s.books.find(n)
}
