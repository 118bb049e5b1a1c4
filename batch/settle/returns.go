package settle

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// ending is what the charge is of orders that ended with less than was ordered.
type ending int

const (
	anyCharge ending = iota // up to the whole one: nothing is known
	net                     // of what doesn't remain of them
	gross                   // the whole one
)

// endings are so by how orders ended.
type endings map[journal.Standing]ending

// learnReturns learns what the charge is of orders of ours that ended with less than was ordered, by how they ended: all
// must agree, and at least [fewest].
func (l roundings) learnReturns(ended []journal.Entry) endings {
	told, counts := map[journal.Standing]int{}, map[journal.Standing]map[ending]int{}
	for _, e := range ended {
		cost, known, whole := delivered(e, e.Remains)
		expected, _ := e.Estimate()
		if !known || whole && same(cost, expected) {
			continue
		}
		standing := journal.StandingOf(e.Status)
		if told[standing]++; counts[standing] == nil {
			counts[standing] = map[ending]int{}
		}
		switch charge := e.Charge.Decimal; {
		case whole && l.agree(cost, charge):
			counts[standing][net]++
		case l.agree(expected, charge):
			counts[standing][gross]++
		}
	}
	learned := endings{}
	for standing, n := range told {
		for is, agreed := range counts[standing] {
			if agreed == n && n >= fewest {
				learned[standing] = is
			}
		}
	}
	return learned
}

// delivered gives what a row costs of whose order so much remains. known is false where one of the two isn't told, whole
// is false where more remains than the row orders.
func delivered(e journal.Entry, remains string) (cost decimal.Decimal, known, whole bool) {
	expected, exact := e.Estimate()
	ordered := quantity(e)
	left, err := strconv.ParseInt(strings.TrimSpace(remains), 10, 64)
	if !exact || ordered <= 0 || err != nil || left < 0 {
		return cost, false, false
	}
	if left > ordered {
		return cost, true, false
	}
	return expected.Mul(decimal.NewFromInt(ordered - left)).Div(decimal.NewFromInt(ordered)), true, true
}

// tellsReturn tells whether what is told of an order that gave money back tells whether it is a row's.
func (k learned) tellsReturn(e journal.Entry, o found) bool {
	_, known, _ := delivered(e, o.status.Remains)
	is := k.returns[journal.StandingOf(o.status.Status)]
	return is == gross || is == net && known
}

// returned tells whether an order that gave money back was charged as a row's would be.
func (k learned) returned(e journal.Entry, o found) bool {
	cost, known, whole := delivered(e, o.status.Remains)
	if k.returns[journal.StandingOf(o.status.Status)] == gross {
		cost, _ = e.Estimate()
		whole = whole || !known
	}
	return whole && k.roundings.agree(cost, o.status.Charge.Decimal)
}
