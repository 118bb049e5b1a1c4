package batch_test

import (
	"context"
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/batch/pace"
	"bulkorder/batch/settle"
	"bulkorder/samples/sandbox"
)

// TestOrdersAboveTheKnownOnesAreFound: those of the account alone, also behind gaps.
func TestOrdersAboveTheKnownOnesAreFound(t *testing.T) {
	w := newWorld(t, sandbox.Config{})
	w.want(w.run(rows(250)), batch.Done, map[journal.State]int{journal.Placed: 250})
	pace := pace.New(pace.Rate{PerSecond: 1000})
	for _, c := range []struct {
		above int64
		want  int
	}{{23500, 250}, {23750, 0}, {23749, 1}, {22600, 250}} {
		all, more, err := settle.OrdersAbove(context.Background(), w.job.Panel, pace, c.above)
		if err != nil || more || len(all) != c.want {
			t.Errorf("above %d: %d orders, more is %v, %v; want %d", c.above, len(all), more, err, c.want)
		}
	}
	if all, _, err := settle.OrdersAbove(context.Background(), w.job.Panel, pace, 1); err != nil || len(all) != 0 {
		t.Errorf("more than a thousand ids below: %d, %v", len(all), err)
	}
}
