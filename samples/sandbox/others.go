package sandbox

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// comeBefore lets happen what others do before an add is judged, and takes the turn that is due.
func (s *Sandbox) comeBefore(c call, now time.Time) error {
	if err := s.turn(); err != nil {
		return err
	}
	return s.byHand(c, now)
}

// passBy is comeBefore for an add that never gets there.
func (s *Sandbox) passBy(c call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	unlock, err := s.share()
	if err != nil {
		return
	}
	defer unlock()
	_ = s.comeBefore(c, s.cfg.Now()) // what others failed to do is nobody's concern here
}

// byHand has a person order on the panel's page, on the same account, what our add orders, or the like of it.
func (s *Sandbox) byHand(c call, now time.Time) error {
	svc := s.services[strings.TrimSpace(c.form.get("service"))]
	for svc != nil && s.play.Hands > 0 && s.rand.Float64() < s.play.Hands {
		order := url.Values{}
		for name, value := range c.form.fields() {
			order.Set(name, value)
		}
		order.Set("link", fmt.Sprintf("https://example.com/by-hand/%d", len(s.books.orders)+1))
		if quantity, ok := number(c.form.get("quantity")); ok && s.rand.IntN(2) == 0 {
			order.Set("quantity", strconv.FormatInt(min(quantity+1+s.rand.Int64N(50), svc.Max), 10))
		}
		f, _ := parseForm(order.Encode())
		pieces, refusal := count(svc, f)
		if refusal != "" || svc.subscription() {
			return nil
		}
		charge, ok := s.priced(svc).price(pieces, f.has("quantity"))
		if charge = s.books.round.of(charge, 1, 1); !ok || charge > s.books.balance() {
			return nil
		}
		err := s.commit(record{
			Kind: "order", ID: s.freeID(0), Service: svc.ID, Type: svc.Type, Form: order.Encode(), Pieces: pieces,
			Charge: charge, At: now, Hand: true,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (svc *service) subscription() bool { return svc.shape.counts == subscribed }

// runs makes orders of the drip-feeds' runs that are due.
func (s *Sandbox) runs(now time.Time) error {
	if !s.cfg.Children {
		return nil
	}
	for _, place := range s.books.drips {
		for {
			e := &s.books.orders[place]
			f, _ := parseForm(e.form)
			runs, _ := number(f.get("runs"))
			interval, _ := number(f.get("interval"))
			due := e.taken.Add(s.books.aged(time.Duration(e.runs*interval) * time.Minute))
			if e.runs >= runs || now.Before(due) || !e.canceled.IsZero() {
				break
			}
			err := s.commit(record{
				Kind: "run", ID: s.freeID(0), Order: e.id, Service: e.service, Type: e.typ, Form: e.form,
				Pieces: e.pieces / runs, Charge: e.round.of(e.charge, 1, runs), At: now,
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// enterRun enters a drip-feed's run. The drip-feed has paid for it.
func (b *books) enterRun(r record) {
	if parent := b.find(r.Order); parent != nil {
		parent.runs++
	}
	b.orders = append(b.orders, entry{
		id: r.ID, service: r.Service, typ: r.Type, form: r.Form, pieces: r.Pieces, charge: r.Charge, taken: r.At,
		round: b.round, parent: r.Order,
	})
	b.claim(r.ID, len(b.orders)-1)
}

// childrenOf writes the ids of a drip-feed's runs.
func (s *Sandbox) childrenOf(parent int64) string {
	var ids []string
	for i := range s.books.orders {
		if e := &s.books.orders[i]; e.parent == parent {
			ids = append(ids, s.orderID(e.id))
		}
	}
	return list(ids)
}
