package panel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
			s, err := parseStatus(body, id)
			if err != nil {
				return nil, fmt.Errorf("status of order %s: %w: %w", id, err, ErrUnclear)
			}
			found[id] = s
		}
	}
	return found, nil
}

func parseStatuses(body []byte, ids []string) (map[string]Status, error) {
	o, err := parseObject(body)
	if err != nil {
		return nil, fmt.Errorf("status: the answer is no object keyed by order: %w", ErrNotAPI)
	}
	found := map[string]Status{}
	for _, id := range ids {
		raw, is := o.values[id]
		if !is || slices.Contains(o.twice, id) {
			continue
		}
		if s, err := parseStatus(raw, id); err == nil {
			found[id] = s
		}
	}
	return found, nil
}

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
	for _, key := range []string{"order", "order_id"} {
		if other := o.scalar(key); other != "" && other != id {
			return Status{}, fmt.Errorf("it is about order %.40q", other)
		}
	}
	var a statusAnswer
	if err := json.Unmarshal(raw, &a); err != nil {
		return Status{}, err
	}
	s := Status{
		Status:     a.Status.String(),
		StartCount: a.StartCount.String(),
		Remains:    a.Remains.String(),
		Currency:   a.Currency.String(),
	}
	s.Error, _ = o.errorWords()
	if charge, err := parseMoney(a.Charge.String()); err == nil {
		s.Charge = decimal.NewNullDecimal(charge)
	}
	if s.Status == "" && s.Error == "" {
		return s, errors.New("it holds neither a status nor an error")
	}
	return s, nil
}
