package panel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Many is how many ids one call may hold, by the documents of igwish, unnamed and addsmm.
const Many = 100

// Status is how the panel says an order stands. Money and counts are as the panel wrote them, empty
// where it didn't say: drip-feed and subscription parents come without charge and remains.
type Status struct {
	Status     string
	Charge     decimal.NullDecimal // net: Partial and Canceled give money back
	StartCount string
	Remains    string
	Currency   string
	Error      string // what the panel said instead of a status, for this id alone

	// What was ordered, as some panels tell it; empty: it isn't told.
	Link, Quantity, Service string
}

// Turn waits until the next call to the panel may leave.
type Turn func(ctx context.Context) error

func (t Turn) wait(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t(ctx)
}

type statusAnswer struct {
	Charge     text `json:"charge"`
	StartCount text `json:"start_count"`
	Status     text `json:"status"`
	Remains    text `json:"remains"`
	Currency   text `json:"currency"`
	Link       text `json:"link"`
	Quantity   text `json:"quantity"`
	Service    text `json:"service"`
}

// Statuses asks how orders stand, at most [Many] at once; one by one where the panel lacks the many-form, or its answer
// can't be used. Ids that the answer doesn't hold are missing from the result, ids that weren't asked for
// are left out of it. turn is waited for before each call; nil: none is. With its error comes what was told before.
func (c *Client) Statuses(ctx context.Context, ids []string, turn Turn) (map[string]Status, error) {
	if len(ids) > Many {
		return nil, fmt.Errorf("status: %d orders in one call, at most %d are taken", len(ids), Many)
	}
	ids = byID(ids)
	if len(ids) < 2 || c.StatusesAtOnce() == 1 {
		return c.singly(ctx, ids, turn)
	}
	found, usable, err := c.together(ctx, ids, turn)
	switch {
	case errors.Is(err, errChanging):
		return c.singly(ctx, ids, turn)
	case err != nil:
		return nil, err
	case !usable:
		found, err = c.singly(ctx, ids, turn)
		c.lacksMany(found)
	case len(found) == 0 && !c.tellsOfMany():
		// PHP writes an empty map as an empty list: none of these is known, or the panel didn't read what was asked.
		first, alone := c.singly(ctx, ids[:1], turn)
		if alone == nil && c.lacksMany(first) {
			rest, err := c.singly(ctx, ids[1:], turn)
			maps.Copy(rest, first)
			return rest, err
		}
	}
	return found, err
}

// together asks about several orders in one call. usable is false where its answer tells nothing about any of them.
func (c *Client) together(ctx context.Context, ids []string, turn Turn) (
	found map[string]Status, usable bool, err error,
) {
	if err := turn.wait(ctx); err != nil {
		return nil, false, err
	}
	body, err := c.read(ctx, "status", Param{"orders", strings.Join(ids, ",")})
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) && refusal.Class != ClassKey && refusal.Class != ClassRate {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	found, usable, unnamed := parseStatuses(body, ids)
	if unnamed && len(found) > 0 {
		if is, err := c.inOrder(ctx, found, ids, turn); !is || err != nil {
			return nil, false, err
		}
	}
	if len(found) > 0 {
		c.mu.Lock()
		c.many = true
		c.mu.Unlock()
	}
	return found, usable, nil
}

// singly asks about orders one by one. Of several, those that are answered oddly are missing.
func (c *Client) singly(ctx context.Context, ids []string, turn Turn) (map[string]Status, error) {
	found := map[string]Status{}
	for _, id := range ids {
		if err := turn.wait(ctx); err != nil {
			return found, err
		}
		body, err := c.read(ctx, "status", Param{"order", id})
		var refusal *Refusal
		switch {
		case errors.As(err, &refusal) && refusal.Class != ClassKey && refusal.Class != ClassRate:
			found[id] = Status{Error: refusal.Text}
		case err != nil:
			return found, err
		default:
			s, err := parseOne(body, id)
			if err == nil {
				found[id] = s
			} else if len(ids) == 1 {
				return nil, fmt.Errorf("status of order %s: %w: %w", id, err, ErrUnclear)
			}
		}
	}
	return found, nil
}

// lacksMany remembers that the panel doesn't tell of many orders in one call, where it told alone of one of those that
// such a call asked about, and never told of many.
func (c *Client) lacksMany(alone map[string]Status) bool {
	never := !c.tellsOfMany()
	for _, s := range alone {
		if s.Error == "" && never {
			c.learn(StatusMany)
			return true
		}
	}
	return false
}

func (c *Client) tellsOfMany() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.many
}

// parseStatuses finds the statuses of orders in an answer: keyed by id, as a list whose items name their orders, or as
// a list in the order asked; and these in data or orders. usable is false where it tells nothing about any of them. An
// empty list or object tells that none is known. unnamed is true of a list that names no order.
func parseStatuses(body []byte, ids []string) (found map[string]Status, usable, unnamed bool) {
	var items []json.RawMessage
	if json.Unmarshal(body, &items) == nil && items != nil {
		return listedStatuses(items, ids)
	}
	o, err := parseObject(body)
	if err != nil {
		return nil, false, false
	}
	found, usable = map[string]Status{}, len(o.names) == 0
	for _, id := range ids {
		raw, is := o.values[id]
		usable = usable || is
		if !is || slices.Contains(o.twice, id) {
			continue
		}
		if s, err := parseStatus(raw, id); err == nil {
			found[id] = s
		}
	}
	for _, name := range []string{"data", "orders"} {
		if inner := o.values[name]; !usable && inner != nil && !slices.Contains(o.twice, name) {
			return parseStatuses(inner, ids)
		}
	}
	return found, usable, false
}

// listedStatuses reads a list. Where no item names an order, and there are as many as were asked for, they stand in the
// order asked. An order that stands twice isn't told.
func listedStatuses(items []json.RawMessage, ids []string) (found map[string]Status, usable, unnamed bool) {
	found = map[string]Status{}
	named, seen := false, map[string]bool{}
	for _, item := range items {
		o, _ := parseObject(item)
		id := namedOrder(o)
		named = named || id != ""
		if !slices.Contains(ids, id) {
			continue
		}
		s, err := parseStatus(item, id)
		if usable = true; err == nil && !seen[id] {
			found[id] = s
		} else {
			delete(found, id)
		}
		seen[id] = true
	}
	if named || len(items) != len(ids) {
		return found, usable || len(items) == 0, false
	}
	for i, item := range items {
		if s, err := parseStatus(item, ids[i]); err == nil {
			found[ids[i]] = s
		}
	}
	return found, len(found) > 0, true
}

// namedOrder is the order that an item says it is about; empty: it names none.
func namedOrder(o object) string {
	for _, name := range o.names {
		if saysOrder(name) || strings.EqualFold(name, "id") {
			if id := o.scalar(name); id != "" {
				return id
			}
		}
	}
	return ""
}

// parseOne reads the answer about one order, which may lie in data, in a list, or under its id. A status around data is
// the call's, not the order's.
func parseOne(body []byte, id string) (Status, error) {
	o, err := parseObject(body)
	if err != nil {
		if found, _, _ := parseStatuses(body, []string{id}); len(found) == 1 {
			return found[id], nil
		}
		return Status{}, err
	}
	if raw, is := o.values[id]; is && o.scalar("status") == "" && !slices.Contains(o.twice, id) {
		return parseStatus(raw, id)
	}
	inner, err := parseObject(o.values["data"])
	if around := o.scalar("status"); err == nil && len(inner.names) > 0 && !o.doubled &&
		(around == "" || o.succeeded()) {
		return parseOne(o.values["data"], id)
	}
	return parseStatus(body, id)
}

// status gives the members of an object that tell how an order stands. Where all names are of small letters, no other
// spelling of one needs to be looked for.
func (o object) status(raw []byte) (a statusAnswer, err error) {
	if slices.ContainsFunc(o.names, func(name string) bool { return strings.Trim(name, smallNames) != "" }) {
		return a, json.Unmarshal(raw, &a)
	}
	for _, field := range []struct {
		name string
		to   *text
	}{
		{"status", &a.Status}, {"charge", &a.Charge}, {"start_count", &a.StartCount}, {"remains", &a.Remains},
		{"currency", &a.Currency}, {"link", &a.Link}, {"quantity", &a.Quantity}, {"service", &a.Service},
	} {
		if value, is := o.values[field.name]; is {
			err = errors.Join(err, field.to.UnmarshalJSON(value))
		}
	}
	return a, err
}

const smallNames = "abcdefghijklmnopqrstuvwxyz_0123456789"

// parseStatus reads the status of the order with this id; a bare string is an error about it. What says of
// itself that it is about another order is none.
func parseStatus(raw []byte, id string) (Status, error) {
	if len(raw) > 0 && raw[0] == '"' {
		var t text
		err := t.UnmarshalJSON(raw)
		return Status{Error: t.String()}, err
	}
	o, err := parseObject(raw)
	if err != nil {
		return Status{}, err
	}
	if o.doubled {
		return Status{}, errors.New("it says something twice")
	}
	for _, name := range o.names {
		if other := o.scalar(name); saysOrder(name) && other != "" && other != id {
			return Status{}, fmt.Errorf("it is about order %.40q", other)
		}
	}
	a, err := o.status(raw)
	if err != nil {
		return Status{}, err
	}
	s := Status{
		Status:     a.Status.String(),
		StartCount: a.StartCount.String(),
		Remains:    a.Remains.String(),
		Currency:   a.Currency.String(),
		Link:       a.Link.String(), Quantity: a.Quantity.String(), Service: a.Service.String(),
	}
	s.Error, _ = o.errorWords()
	if charge, err := parseMoney(a.Charge.String()); err == nil && !charge.IsNegative() {
		s.Charge = decimal.NewNullDecimal(charge)
	}
	if s.Status == "" && s.Error == "" {
		return s, errors.New("it holds neither a status nor an error")
	}
	return s, nil
}
