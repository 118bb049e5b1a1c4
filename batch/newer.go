package batch

import (
	"context"
	"strconv"

	"bulkorder/batch/panel"
)

// NewOrder is an order that the panel shows.
type NewOrder struct {
	ID string
	panel.Status
}

// patience is how many ids above the last order that was found are asked for: those between are others'.
const patience = 1000

// OrdersAbove asks for the account's orders with ids above this one, until a thousand ids in a row aren't its, or it
// has asked for 40,000: then more may follow.
func OrdersAbove(ctx context.Context, client *panel.Client, pace *Pace, id int64,
) (all []NewOrder, more bool, err error) {
	p := &prober{panel: client, pace: pace, known: map[int64]panel.Status{}}
	last := id
	for from := id + 1; from <= last+patience; from += panel.Many {
		if p.calls == mostCalls {
			return all, true, nil
		}
		var ids []int64
		for n := from; n < from+panel.Many; n++ {
			ids = append(ids, n)
		}
		if err := p.ask(ctx, ids); err != nil {
			return all, true, err
		}
		for _, n := range ids {
			if p.there(n) {
				all, last = append(all, NewOrder{strconv.FormatInt(n, 10), p.known[n]}), n
			}
		}
	}
	return all, false, nil
}
