package settle

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// rounding is a way in which a panel may round what an order costs.
type rounding struct {
	places int32
	way    way
}

type way int

const (
	exactly way = iota // it doesn't round
	down
	halfEven
	halfUp
	up
)

const mostPlaces = 7 // of charges, in the documents

// everyRounding lists the ways that panels are known to take, the plainest first.
func everyRounding() []rounding {
	all := []rounding{{way: exactly}}
	for places := int32(mostPlaces); places >= 0; places-- {
		for _, w := range []way{halfUp, up, down, halfEven} {
			all = append(all, rounding{places, w})
		}
	}
	return all
}

// of gives the charge of what costs that much.
func (r rounding) of(cost decimal.Decimal) decimal.Decimal {
	switch r.way {
	case down:
		return cost.RoundDown(r.places)
	case halfEven:
		return cost.RoundBank(r.places)
	case halfUp:
		return cost.Round(r.places)
	case up:
		return cost.RoundUp(r.places)
	}
	return cost
}

func (r rounding) String() string {
	words := map[way]string{down: "down", halfEven: "half to even", halfUp: "half up", up: "up"}
	if r.way == exactly {
		return "not rounded"
	}
	return fmt.Sprintf("rounded %s to %d places", words[r.way], r.places)
}

// float is how far off a panel is that counts in floats.
const float = -9

// same tells whether two charges are one.
func same(a, b decimal.Decimal) bool { return a.Sub(b).Abs().LessThanOrEqual(decimal.New(1, float)) }

// roundings are the ways of rounding that explain every charge of a panel that is known: all of them may be its own.
type roundings []rounding

// learnRoundings leaves those that explain all orders of ours, and names one that none explains.
func learnRoundings(all []journal.Priced) (left roundings, against *journal.Priced) {
	left = everyRounding()
	for i, p := range all {
		explain := slices.DeleteFunc(
			slices.Clone(left),
			func(r rounding) bool { return !same(r.of(p.Estimate), p.Charge) },
		)
		if len(explain) == 0 {
			return nil, &all[i]
		}
		left = explain
	}
	return left, nil
}

// charges are what an order may be charged that costs that much.
func (l roundings) charges(cost decimal.Decimal) (all []decimal.Decimal) {
	for _, r := range l {
		charge := r.of(cost)
		if !slices.ContainsFunc(all, func(c decimal.Decimal) bool { return c.Equal(charge) }) {
			all = append(all, charge)
		}
	}
	return all
}

// most is the highest of them.
func (l roundings) most(cost decimal.Decimal) decimal.Decimal {
	most := cost
	for _, charge := range l.charges(cost) {
		most = decimal.Max(most, charge)
	}
	return most
}

// least is the lowest of them.
func (l roundings) least(cost decimal.Decimal) decimal.Decimal {
	least := cost
	for _, charge := range l.charges(cost) {
		least = decimal.Min(least, charge)
	}
	return least
}

// String tells what was learned.
func (l roundings) String() string {
	switch {
	case len(l) == 0:
		return "rounded in no way that is known"
	case len(l) == 1:
		return l[0].String()
	case l[0].way == exactly:
		places := int32(mostPlaces)
		for _, r := range l[1:] {
			places = min(places, r.places)
		}
		return fmt.Sprintf("not rounded, or to %d or more places", places)
	}
	return l[0].String() + ", or alike"
}

// agree tells whether what costs that much may be charged so.
func (l roundings) agree(cost, charge decimal.Decimal) bool {
	return slices.ContainsFunc(l, func(r rounding) bool { return same(charge, r.of(cost)) })
}
