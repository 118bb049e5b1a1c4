package settle

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// exchanged finds rows each of which was charged what another of them should be: the panel answered requests that came
// at once with each other's orders. That is no price that rose. It keeps alarms about them.
func (l *Looker) exchanged(s *Looked) (rows map[int64]bool, err error) {
	rows = map[int64]bool{}
	for _, round := range exchanges(s.Charges) {
		var lines, charges []string
		for _, c := range round {
			rows[c.Seq] = true
			lines = append(lines, c.Line.String())
			charges = append(charges, fmt.Sprintf("order %s was charged %s where %s is expected", c.OrderID, c.Charge,
				c.Approved))
		}
		last := len(lines) - 1
		s.Alarm = fmt.Sprintf("the panel seems to have given rows %s and %s each other's orders: %s; look at their links on "+
			"the panel's page of orders before you cancel or refill one", strings.Join(lines[:last], ", "), lines[last],
			strings.Join(charges, ", "))
		for i, c := range round {
			its := round[(i+1)%len(round)] // whose order c's row was given
			a := journal.Alarm{Seq: its.Seq, OrderID: c.OrderID, At: time.Now(), Words: s.Alarm}
			if err := l.Journal.RaiseAlarm(l.Batch.ID, a); err != nil {
				return nil, err
			}
		}
	}
	return rows, nil
}

// mostExchanged bounds how many rows are compared that were charged otherwise than they should be: requests that come
// at once are few, and where more are charged so prices moved.
const mostExchanged = 50

// exchanges gives rounds of rows each of which was charged what the next should be, the last what the first. A round
// begins with a row that was charged too much.
func exchanges(charges []journal.Charged) (rounds [][]journal.Charged) {
	within := unitOf(charges)
	var odd []journal.Charged
	for _, c := range charges {
		if !nearly(c.Charge, c.Approved, within) {
			odd = append(odd, c)
		}
	}
	if len(odd) > mostExchanged {
		return nil
	}
	taken := make([]bool, len(odd))
	for i, c := range odd {
		if taken[i] || !c.Above() {
			continue
		}
		round := roundOf(i, odd, taken, within)
		var all []journal.Charged
		for _, k := range round {
			taken[k] = true
			all = append(all, odd[k])
		}
		if all != nil {
			rounds = append(rounds, all)
		}
	}
	return rounds
}

// roundOf finds the shortest round from a row back to it, among those that no other round has taken; nil: none.
func roundOf(first int, odd []journal.Charged, taken []bool, within decimal.Decimal) (round []int) {
	from := map[int]int{first: -1} // by row: the one before it
	for open := []int{first}; len(open) > 0; open = open[1:] {
		at := open[0]
		if at != first && nearly(odd[at].Charge, odd[first].Approved, within) {
			for ; at >= 0; at = from[at] {
				round = append([]int{at}, round...)
			}
			return round
		}
		for k, next := range odd {
			_, seen := from[k]
			if !seen && !taken[k] && next.Panel == odd[at].Panel && nearly(odd[at].Charge, next.Approved, within) {
				from[k], open = at, append(open, k)
			}
		}
	}
	return nil
}

// unitOf is what a panel rounds charges to, as far as they show it: to two places at least.
func unitOf(charges []journal.Charged) decimal.Decimal {
	places := int32(2)
	for _, c := range charges {
		places = max(places, -c.Charge.Exponent())
	}
	return decimal.New(1, -places)
}

// nearly allows for what a panel rounds.
func nearly(a, b, within decimal.Decimal) bool { return a.Sub(b).Abs().LessThan(within) }
