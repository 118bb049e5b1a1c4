package settle

import (
	"context"
	"errors"
	"strconv"

	"bulkorder/batch/pace"
	"bulkorder/batch/panel"
)

// NewOrder is an order that the panel shows.
type NewOrder struct {
	ID string
	panel.Status
}

// Patience is how many ids above the last order that was found are asked for: those between are others'.
const Patience = 1000

// OrdersAbove asks for the account's orders with ids above this one, until a thousand ids in a row aren't its, or it
// has asked for 40,000: then more may follow.
func OrdersAbove(ctx context.Context, client *panel.Client, pace *pace.Pace, id int64,
) (all []NewOrder, more bool, err error) {
	return ordersAbove(ctx, &prober{panel: client, pace: pace, known: map[int64]panel.Status{}}, id)
}

// fewCalls are made where rows wait for the answer: enough for a thousand ids, and for those behind a first find.
const fewCalls = 20

// OrdersJustAbove is OrdersAbove in so few calls that rows may wait for it.
func OrdersJustAbove(ctx context.Context, client *panel.Client, pace *pace.Pace, id int64,
) (all []NewOrder, more bool, err error) {
	p := &prober{panel: client, pace: pace, known: map[int64]panel.Status{}, most: fewCalls}
	if all, more, err = ordersAbove(ctx, p, id); errors.Is(err, errEnough) {
		return all, true, nil
	}
	return all, more, err
}

func ordersAbove(ctx context.Context, p *prober, id int64) (all []NewOrder, more bool, err error) {
	last := id
	for from := id + 1; from <= last+Patience; from += panel.Many {
		if p.calls == mostCalls {
			return all, true, nil
		}
		var ids []int64
		for n := from; n < from+panel.Many; n++ {
			ids = append(ids, n)
		}
		err := p.ask(ctx, ids)
		for _, n := range ids {
			if p.there(n) {
				all, last = append(all, NewOrder{strconv.FormatInt(n, 10), p.known[n]}), n
			}
		}
		if err != nil {
			return all, true, err
		}
	}
	return all, false, nil
}
