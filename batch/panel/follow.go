package panel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
}

type statusAnswer struct {
	Charge     text `json:"charge"`
	StartCount text `json:"start_count"`
	Status     text `json:"status"`
	Remains    text `json:"remains"`
	Currency   text `json:"currency"`
}

// Statuses asks how orders stand, at most [Many] at once; one by one where the panel lacks the
// many-form. Ids that the answer doesn't hold are missing from the result, ids that weren't asked for
// are left out of it.
func (c *Client) Statuses(ctx context.Context, ids []string) (map[string]Status, error) {
	if len(ids) > Many {
		return nil, fmt.Errorf("status: %d orders in one call, at most %d are taken", len(ids), Many)
	}
	found := map[string]Status{}
	if len(ids) > 1 && c.Panel.Has(StatusMany) {
		body, err := c.read(ctx, "status", Param{"orders", strings.Join(ids, ",")})
		if err != nil {
			return nil, err
		}
		return parseStatuses(body, ids)
	}
	for _, id := range ids {
		body, err := c.read(ctx, "status", Param{"order", id})
		var refusal *Refusal
		switch {
		case errors.As(err, &refusal) && refusal.Class != ClassKey && refusal.Class != ClassRate:
			found[id] = Status{Error: refusal.Text}
		case err != nil:
			return nil, err
		default:
			s, err := parseStatus(body)
			if err != nil {
				return nil, fmt.Errorf("status of order %s: %w: %w", id, err, ErrNotAPI)
			}
			found[id] = s
		}
	}
	return found, nil
}

func parseStatuses(body []byte, ids []string) (map[string]Status, error) {
	o, err := parseObject(body)
	if err != nil || o.doubled {
		return nil, fmt.Errorf("status: the answer is no object keyed by order: %w", ErrNotAPI)
	}
	found := map[string]Status{}
	for _, id := range ids {
		raw, is := o.values[id]
		if !is {
			continue
		}
		if s, err := parseStatus(raw); err == nil {
			found[id] = s
		}
	}
	return found, nil
}

// parseStatus reads one order's status; a bare string is an error about it.
func parseStatus(raw []byte) (Status, error) {
	if len(raw) > 0 && raw[0] == '"' {
		var t text
		err := t.UnmarshalJSON(raw)
		return Status{Error: t.String()}, err
	}
	o, err := parseObject(raw)
	if err != nil {
		return Status{}, err
	}
	var a statusAnswer
	if err := json.Unmarshal(raw, &a); err != nil {
		return Status{}, err
	}
	s := Status{Status: a.Status.String(), StartCount: a.StartCount.String(), Remains: a.Remains.String(), Currency: a.Currency.String()}
	s.Error, _ = o.errorWords()
	if charge, err := parseMoney(a.Charge.String()); err == nil {
		s.Charge = decimal.NewNullDecimal(charge)
	}
	if s.Status == "" && s.Error == "" {
		return s, errors.New("it holds neither a status nor an error")
	}
	return s, nil
}

// Receipt is the panel's answer to a request about one order or refill.
type Receipt struct {
	ID    string // refill: the refill's id; cancel: what the panel gave, 1 or an id of its own; refill_status: the status
	Error string
}

// Refill asks for refills of orders. It changes something at the panel: it is sent once, and an error
// that isn't a [Refusal] or a [Lacking] leaves open whether it was taken.
func (c *Client) Refill(ctx context.Context, orders []string) (map[string]Receipt, error) {
	return c.ask(ctx, question{action: "refill", one: "order", many: "orders", key: "order", value: "refill", manyForm: RefillMany, once: true}, orders)
}

// RefillStatus asks how refills stand.
func (c *Client) RefillStatus(ctx context.Context, refills []string) (map[string]Receipt, error) {
	return c.ask(ctx, question{action: "refill_status", one: "refill", many: "refills", key: "refill", value: "status", manyForm: RefillStatusMany}, refills)
}

// Cancel asks for orders to be cancelled. Like [Client.Refill] it is sent once.
func (c *Client) Cancel(ctx context.Context, orders []string) (map[string]Receipt, error) {
	if !c.Panel.Has(Cancel) {
		return nil, &Lacking{Panel: c.Panel.Name, Form: Cancel}
	}
	return c.ask(ctx, question{action: "cancel", many: "orders", key: "order", value: "cancel", manyForm: Cancel, once: true}, orders)
}

// question is an action over ids that is answered by a list of id and value.
type question struct {
	action, one, many string // the action and its parameters; one empty: there is no form for a single id
	key, value        string // the names of an item's two parts
	manyForm          Form
	once              bool
}

func (c *Client) ask(ctx context.Context, q question, ids []string) (map[string]Receipt, error) {
	if len(ids) > Many {
		return nil, fmt.Errorf("%s: %d ids in one call, at most %d are taken", q.action, len(ids), Many)
	}
	send := c.read
	if q.once {
		send = func(ctx context.Context, action string, params ...Param) ([]byte, error) {
			return c.call(ctx, action, params)
		}
	}
	if q.one == "" || len(ids) > 1 && c.Panel.Has(q.manyForm) {
		body, err := send(ctx, q.action, Param{q.many, strings.Join(ids, ",")})
		if err != nil {
			return nil, err
		}
		return parseReceipts(body, q, ids)
	}
	found := map[string]Receipt{}
	for _, id := range ids {
		body, err := send(ctx, q.action, Param{q.one, id})
		var refusal *Refusal
		switch {
		case errors.As(err, &refusal) && refusal.Class != ClassKey && refusal.Class != ClassRate:
			found[id] = Receipt{Error: refusal.Text}
		case err != nil:
			return found, err
		default:
			found[id] = parseReceipt(body, q.value)
		}
	}
	return found, nil
}

// parseReceipts reads a list of items, matched by id: items may be missing or in another order.
func parseReceipts(body []byte, q question, ids []string) (map[string]Receipt, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(body, &items); err != nil {
		return nil, fmt.Errorf("%s: the answer is no list: %w", q.action, ErrNotAPI)
	}
	found := map[string]Receipt{}
	for _, item := range items {
		o, err := parseObject(item)
		if err != nil || o.doubled {
			continue
		}
		id := o.scalar(q.key)
		for _, asked := range ids {
			if asked == id {
				found[id] = parseReceipt(item, q.value)
			}
		}
	}
	return found, nil
}

// parseReceipt reads one item: the value, an error inside the value, or an error beside it.
func parseReceipt(item []byte, value string) Receipt {
	o, err := parseObject(item)
	if err != nil {
		return Receipt{Error: "the answer can't be read"}
	}
	r := Receipt{ID: o.scalar(value)}
	r.Error, _ = o.errorWords()
	if inner, err := parseObject(o.values[value]); err == nil {
		r.Error, _ = inner.errorText()
	}
	if r.ID == "" && r.Error == "" {
		r.Error = "the answer says nothing about it"
	}
	return r
}
