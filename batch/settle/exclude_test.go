package settle

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// TestWhatExcludesThatAnOrderIsARows: a charge of which it isn't known that the row's would be another is no
// reason, and less of it no other quantity.
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
	name := priceFor("7", rate)
	held := func(before, after time.Duration) prices {
		return prices{name: {ofOurs(sent.Add(-before), 1), ofOurs(sent.Add(after), 1)}}
	}
	always := held(time.Minute, time.Minute)
	than := func(units ...int64) prices {
		all := held(time.Minute, time.Minute)
		for i, n := range units {
			all[name][i].units = decimal.New(n, -1)
		}
		return all
	}
	oddly := than(5, 5)
	oddly[name] = append(oddly[name], sample{sent.Add(30 * time.Minute), decimal.New(30, -1), false})
	another := prices{priceFor("7", decimal.New(4, -1)): always[name]}
	for _, tt := range []struct {
		sentence string
		prices   prices
		largest  int64
		order    found
		want     fit
	}{
		{"its price held, and another quantity was ordered", always, 100, order("Pending", "0.1", "50"), misfit},
		{"its price held, and so much was ordered", always, 100, order("Pending", "0.1", "100"), misfit},
		{"its price held, and nobody saw how much was ordered", always, 100, order("Completed", "0.1", "0"), misfit},
		{"its price held, and nothing is told of what remains", always, 100, order("Completed", "0.1", ""), strange},
		{"its service was never charged", prices{}, 100, order("Pending", "0.1", "50"), strange},
		{"its price was another one then", another, 100, order("Pending", "0.1", "50"), strange},
		{"nobody knows its price since", held(time.Minute, -time.Second), 100, order("Pending", "0.4", "50"), strange},
		{"nobody knows its price before", held(-time.Second, time.Minute), 100, order("Pending", "0.4", "50"), strange},
		{"nobody knows its price soon after", held(time.Minute, 2*time.Hour), 100, order("Pending", "0.4", "50"), strange},
		{"nobody knows its price soon before", held(2*time.Hour, time.Minute), 100, order("Pending", "0.4", "50"), strange},
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
		{"it is more than was ever ordered, which may be cheaper", than(5, 5), 100, order("Pending", "0.1", "50"), strange},
		{"it is more than was ever ordered, which isn't dearer", than(5, 5), 100, order("Pending", "0.21", "50"), misfit},
		{"it is more than was ever ordered, and so cheap it isn't", than(5, 5), 100, order("Pending", "0.09", "50"), misfit},
		{"it is more than was ever ordered, and more was charged otherwise", oddly, 100, order("Pending", "0.3", "50"), strange},
		{"it is less than was ever ordered: there may be a minimum", than(30, 20), 100, order("Pending", "0.4", "50"), strange},
		{"it is less than was ever ordered, which isn't cheaper", than(30, 20), 100, order("Pending", "0.19", "50"), misfit},
		{"it is less than was ever ordered, and no minimum is so high", than(30, 20), 100, order("Pending", "0.41", "50"),
			misfit},
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

// ofOurs is an order that was charged as its row should cost.
func ofOurs(sent time.Time, units int64) sample { return sample{sent, decimal.New(units, 0), true} }

// TestPricesHoldWhereOrdersWereChargedThem just before and after, of as much and as little as the row's: panels charge
// less from a quantity on, and have minimums.
func TestPricesHoldWhereOrdersWereChargedThem(t *testing.T) {
	sent := time.UnixMilli(1_700_000_000_000)
	at := func(minute int, units int64) sample {
		return ofOurs(sent.Add(time.Duration(minute)*time.Minute), units)
	}
	otherwise := func(s sample) sample {
		s.held = false
		return s
	}
	for _, tt := range []struct {
		sentence string
		all      []sample
		priced   int // how many minutes after it the catalogue had the price
		want     bool
	}{
		{"it was charged before and after", []sample{at(-1, 5), at(1, 5)}, 0, true},
		{"it was charged before, and the catalogue has it", []sample{at(-1, 5)}, 5, true},
		{"the catalogue has it a day later", []sample{at(-1, 5)}, 1440, false},
		{"none was charged before", []sample{at(1, 5)}, 5, false},
		{"none was charged since", []sample{at(-1, 5)}, 0, false},
		{"the last one was charged otherwise", []sample{at(-2, 5), otherwise(at(-1, 5)), at(1, 5)}, 5, false},
		{"the next one was charged otherwise", []sample{at(-2, 5), otherwise(at(1, 5)), at(2, 5)}, 5, false},
		{"some earlier one was charged otherwise", []sample{otherwise(at(-2, 5)), at(-1, 5), at(1, 5)}, 0, true},
		{"one of less and one of more", []sample{at(-1, 4), at(1, 6)}, 0, true},
		{"two of less: more may be cheaper", []sample{at(-1, 4), at(1, 4)}, 0, false},
		{"two of more: there may be a minimum", []sample{at(-1, 6), at(1, 6)}, 0, false},
		{"one of more was charged otherwise", []sample{otherwise(at(-3, 6)), at(-1, 4), at(1, 4)}, 0, false},
	} {
		rate := decimal.RequireFromString("0.2")
		x := suspect{began: sent, entry: journal.Entry{Service: "7", Rate: rate, Units: journal.Exactly(decimal.New(5, 0))}}
		priced := time.Time{}
		if tt.priced > 0 {
			priced = sent.Add(time.Duration(tt.priced) * time.Minute)
		}
		s := (prices{priceFor("7", rate): tt.all}).around(x, priced)
		if got := s.held && s.has(x.entry.Units.Low.Decimal); got != tt.want {
			t.Errorf("%s: %v", tt.sentence, got)
		}
	}
}

// TestARefusedRowMayHaveBeenOrderedAtAnotherPrice, if only for one order.
func TestARefusedRowMayHaveBeenOrderedAtAnotherPrice(t *testing.T) {
	sent := time.UnixMilli(1_700_000_000_000)
	rate := decimal.RequireFromString("0.2")
	k := learned{roundings: roundings{{way: exactly}}, remains: map[string]bool{"7": true},
		largest: map[string]int64{"7": 100},
		prices:  prices{priceFor("7", rate): {ofOurs(sent.Add(-time.Minute), 1), ofOurs(sent.Add(time.Minute), 1)}}}
	x := suspect{began: sent, entry: journal.Entry{Service: "7", Rate: rate, Units: journal.Exactly(decimal.New(1, 0)),
		Params: []panel.Param{{Name: "service", Value: "7"}, {Name: "quantity", Value: "100"}}}}
	for _, tt := range []struct {
		sentence, status, charge, remains string
		want                              fit
	}{
		{"it is charged as it should be", "Completed", "0.2", "0", fitting},
		{"it is charged twice as much", "Completed", "0.4", "0", strange},
		{"it is charged a tenth less", "Pending", "0.18", "100", strange},
		{"it is charged a tenth less, and was another quantity", "Pending", "0.18", "90", misfit},
		{"no price makes it so", "Completed", "0.217", "0", misfit},
	} {
		o := found{status: panel.Status{Status: tt.status, Remains: tt.remains,
			Charge: decimal.NewNullDecimal(decimal.RequireFromString(tt.charge))}}
		if got := k.afterNo(x, o); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.sentence, got, tt.want)
		}
	}
}

// TestASecondOrderIsChargedAsTheFirst, whatever was expected of it.
func TestASecondOrderIsChargedAsTheFirst(t *testing.T) {
	k := learned{roundings: roundings{{way: exactly}}}
	first := journal.Entry{Rate: decimal.New(1, 0), Units: journal.Exactly(decimal.New(1, 0)),
		Charge: decimal.NewNullDecimal(decimal.New(2, 0))}
	for charge, want := range map[int64]fit{1: fitting, 2: strange, 3: misfit} {
		o := found{status: panel.Status{Status: "Pending", Charge: decimal.NewNullDecimal(decimal.New(charge, 0))}}
		if got := k.again(first, o); got != want {
			t.Errorf("charged %d: %v, want %v", charge, got, want)
		}
	}
}
