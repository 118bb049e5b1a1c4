package sandbox

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// shapesOfStatuses returns the ways of writing many statuses, by the names that Config.Statuses knows. ids are those
// asked for, values their statuses, and empty where the panel knows no such order.
func shapesOfStatuses() map[string]func(ids, values []string) string {
	unknown := object("error", text("Incorrect order ID"))
	byID := func(ids, values []string) string {
		var pairs []string
		for i, id := range ids {
			pairs = append(pairs, id, cmp.Or(values[i], unknown))
		}
		return object(pairs...)
	}
	asList := func(ids, values []string) string {
		var items []string
		for i, id := range ids {
			item := cmp.Or(values[i], unknown)
			items = append(items, `{"order":`+text(id)+","+strings.TrimPrefix(item, "{"))
		}
		return list(items)
	}
	return map[string]func(ids, values []string) string{
		"":       byID,
		"list":   asList,
		"orders": func(ids, values []string) string { return object("orders", byID(ids, values)) },
		"data": func(ids, values []string) string {
			return object("status", text("success"), "data", byID(ids, values))
		},
		"datalist": func(ids, values []string) string {
			return object("success", "true", "data", asList(ids, values))
		},
		// Nothing says which is whose but their place.
		"asked": func(_, values []string) string {
			var items []string
			for _, v := range values {
				items = append(items, cmp.Or(v, unknown))
			}
			return list(items)
		},
		// What isn't known is left out, and PHP's empty map is a list.
		"known": func(ids, values []string) string {
			var pairs []string
			for i, id := range ids {
				if values[i] != "" {
					pairs = append(pairs, id, values[i])
				}
			}
			if len(pairs) == 0 {
				return "[]"
			}
			return object(pairs...)
		},
	}
}

func knownShape(name string) error {
	if shapes := shapesOfStatuses(); shapes[name] == nil {
		return fmt.Errorf("statuses %q: expected one of %s", name,
			strings.TrimPrefix(strings.Join(slices.Sorted(maps.Keys(shapes)), ", "), ", "))
	}
	return nil
}

// status answers how one order is, or many.
func (s *Sandbox) status(c call, now time.Time) answer {
	if !c.form.has("orders") {
		e := s.lookup(c.form.get("order"))
		if e == nil {
			return s.refuse("Incorrect order ID")
		}
		body := s.statusOf(e, now)
		if s.play.Statuses == "data" {
			body = object("status", text("success"), "data", body)
		}
		return answer{body: body}
	}
	ids, ok := s.within(split(c.form.get("orders")))
	if !ok {
		return s.refuse("Incorrect request")
	}
	values := make([]string, len(ids))
	for i, id := range ids {
		if e := s.lookup(id); e != nil {
			values[i] = s.statusOf(e, now)
		}
	}
	return answer{body: shapesOfStatuses()[s.play.Statuses](ids, values)}
}

// statusOf writes one order's status. Parents of other orders, drip-feeds and
// subscriptions, have neither charge nor counts.
func (s *Sandbox) statusOf(e *entry, now time.Time) string {
	status, delivered := s.books.state(e, now)
	word := text(cmp.Or(s.play.Words[status], status))
	if e.drip || e.subscription() {
		pairs := []string{"status", word, "currency", text(s.cfg.Currency)}
		if s.cfg.Children && e.drip {
			pairs = append(pairs, "orders", s.childrenOf(e.id))
		}
		return object(pairs...)
	}
	charge := s.books.net(e, status, delivered)
	if s.play.Gross {
		charge = e.charge
	}
	told := text(charge.String())
	if now.Sub(e.taken) < s.play.ChargeLate {
		told = "null"
	}
	return object(
		"charge", told,
		"start_count", text(idText(e.startCount())),
		"status", word,
		"remains", text(idText(e.pieces-delivered)),
		"currency", text(s.cfg.Currency),
	)
}

// toldBalance is the balance as the panel tells it: orders that are too young are not in it yet.
func (s *Sandbox) toldBalance(now time.Time) money {
	told := s.books.balance()
	orders := s.books.orders
	for i := len(orders) - 1; i >= 0 && now.Sub(orders[i].taken) < s.play.BalanceLate; i-- {
		if e := &orders[i]; e.parent == 0 {
			told += s.books.netAt(e, now)
		}
	}
	return told
}
