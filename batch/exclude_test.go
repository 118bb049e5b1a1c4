package batch

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// TestWhatExcludesThatAnOrderIsARows: neither a charge nor a quantity alone is a reason.
func TestWhatExcludesThatAnOrderIsARows(t *testing.T) {
	sent := time.UnixMilli(1_700_000_000_000)
	rate := decimal.RequireFromString("0.2")
	order := func(status, charge, remains string) found {
		return found{status: panel.Status{Status: status, Charge: decimal.NewNullDecimal(decimal.RequireFromString(charge)),
			Remains: remains}}
	}
	seen := func(o found, charge string) found {
		o.seen.Charge = decimal.NewNullDecimal(decimal.RequireFromString(charge))
		return o
	}
	remained := func(o found, pieces string) found {
		o.seen.Remains = pieces
		return o
	}
	held := func(before, after time.Duration) prices {
		return prices{priceFor("7", rate): {sent.Add(-before), sent.Add(after)}}
	}
	always := held(time.Minute, time.Minute)
	another := prices{priceFor("7", decimal.New(4, -1)): always[priceFor("7", rate)]}
	for _, tt := range []struct {
		sentence string
		prices   prices
		largest  int64
		order    found
		want     fit
	}{
		{"its price held, and another quantity was ordered", always, 100, order("Pending", "0.1", "50"), misfit},
		{"its price held, and so much was ordered", always, 100, order("Pending", "0.1", "100"), strange},
		{"its price held, and nobody saw how much was ordered", always, 100, order("Completed", "0.1", "0"), strange},
		{"it ended, and another quantity was seen", always, 100, remained(order("Completed", "0.1", "0"), "50"), misfit},
		{"its service was never charged", prices{}, 100, order("Pending", "0.1", "50"), strange},
		{"its price was another one then", another, 100, order("Pending", "0.1", "50"), strange},
		{"nobody knows its price since", held(time.Minute, 0), 100, order("Pending", "0.4", "50"), strange},
		{"nobody knows its price before", held(0, time.Minute), 100, order("Pending", "0.4", "50"), strange},
		{"it ended, and gave money back beside a word that doesn't say so", always, 100,
			remained(order("Completed", "0.1", "50"), "50"), strange},
		{"it ended, and nothing is told of what remains", always, 100, remained(order("Completed", "0.1", ""), "50"),
			strange},
		{"it ended, and what is told of what remains is no number", always, 100,
			remained(order("Completed", "0.1", "-"), "50"), strange},
		{"it ended, and was seen with its whole charge", always, 100,
			remained(seen(order("Completed", "0.1", "50"), "0.1"), "50"), misfit},
		{"it ended, and was seen with the row's charge", always, 100, seen(order("Completed", "0.1", "0"), "0.2"), fitting},
		{"it ended with more than the row costs", always, 100, remained(order("Completed", "0.3", "0"), "50"), misfit},
		{"less remains of it: it may be begun", always, 100, order("Pending", "0.2", "90"), strange},
		{"more remains of it", always, 100, order("Pending", "0.2", "110"), misfit},
		{"more remained of it", prices{}, 100, remained(order("Pending", "0.2", "90"), "110"), misfit},
		{"all remained of it, and it is begun", always, 100, remained(order("Pending", "0.2", "90"), "100"), fitting},
		{"more remains of it, and panels add some to larger ones", always, 90, order("Pending", "0.2", "105"), strange},
		{"it is as it should be", prices{}, 0, order("Pending", "0.2", "100"), fitting},
	} {
		k := learned{roundings: roundings{{way: exactly}}, prices: tt.prices, remains: map[string]bool{"7": true},
			largest: map[string]int64{"7": tt.largest}}
		x := suspect{began: sent, entry: journal.Entry{Service: "7", Rate: rate, Units: journal.Exactly(decimal.New(1, 0)),
			Params: []panel.Param{{Name: "service", Value: "7"}, {Name: "quantity", Value: "100"}}}}
		if got := k.may(x, tt.order); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.sentence, got, tt.want)
		}
		if x.copied = true; tt.want == strange && k.may(x, tt.order) != misfit {
			t.Errorf("%s: a second order of a row that has its own must be as expected", tt.sentence)
		}
	}
}

// TestPricesHoldWhereOrdersWereChargedThem: not where they were charged something else.
func TestPricesHoldWhereOrdersWereChargedThem(t *testing.T) {
	at := func(minute int) time.Time {
		return time.UnixMilli(1_700_000_000_000).Add(time.Duration(minute) * time.Minute)
	}
	told := func(rate, charge string, first, last int) journal.Priced {
		r := decimal.RequireFromString(rate)
		return journal.Priced{Service: "7", Rate: r, Estimate: r, Charge: decimal.RequireFromString(charge),
			First: at(first), Last: at(last)}
	}
	p := charged([]journal.Priced{told("0.2", "0.2", 2, 3), told("0.2", "0.2", 5, 6), told("0.2", "0.4", 8, 9)},
		roundings{{way: exactly}})
	for minute, want := range map[int]bool{1: false, 4: true, 7: false} {
		x := suspect{began: at(minute), entry: journal.Entry{Service: "7", Rate: decimal.RequireFromString("0.2")}}
		if p.held(x) != want {
			t.Errorf("minute %d: %v", minute, p.held(x))
		}
	}
}
