package batch_test

import (
	"net/url"
	"testing"

	"bulkorder/batch"
	"bulkorder/batch/journal"
	"bulkorder/samples/sandbox"
)

// TestARowThatIsToldToWaitAgainAndAgainIsOrderedTwiceAtMost: each of its requests was taken, and answered as if the
// panel was too busy. Before the third one leaves the balance tells.
func TestARowThatIsToldToWaitAgainAndAgainIsOrderedTwiceAtMost(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:429:retry=1:after:n=2-4")
	w.job.Concurrency = 1
	out, err := w.job.Run(t.Context(), w.open(rows(4)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 3, journal.InDoubt: 1})
	orders := map[string]int{}
	for _, o := range w.sandbox.Ledger() {
		orders[o.Fields["link"]]++
	}
	if n := orders["https://example.com/3"]; n != 2 || len(orders) != 4 {
		t.Errorf("the row that was told to wait has %d orders: %v", n, orders)
	}
}

// TestARowThatIsToldToWaitAgainAndAgainIsSentWhereNothingWasCharged, and each look is one call.
func TestARowThatIsToldToWaitAgainAndAgainIsSentWhereNothingWasCharged(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:429:retry=1:n=2-4")
	w.job.Concurrency = 1
	var balances int
	w.job.Panel = w.through("balance", func(url.Values) { balances++ })
	out := w.run(rows(4))
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 4})
	if balances > 2+3 {
		t.Errorf("the balance was asked %d times", balances)
	}
}

// TestWhereTheBalanceCannotTellARowThatIsToldToWaitIsSent: the panel doesn't answer what it is.
func TestWhereTheBalanceCannotTellARowThatIsToldToWaitIsSent(t *testing.T) {
	w := newWorld(t, sandbox.Config{Balance: "100"}, "add:429:retry=1:n=2-3", "balance:500:n=2")
	w.job.Concurrency = 1
	out, err := w.job.Run(t.Context(), w.open(rows(4)), "orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	w.want(out, batch.Done, map[journal.State]int{journal.Placed: 4})
}
