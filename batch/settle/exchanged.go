package settle

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
)

// exchanged finds pairs of rows each of which was charged what the other should be: the panel answered two requests
// that came at once with each other's order. That is no price that rose. It keeps alarms about them.
func (l *Looker) exchanged(s *Looked) (rows map[int64]bool, err error) {
	rows = map[int64]bool{}
	for _, c := range s.Charges {
		if !c.Above() {
			continue
		}
		for _, d := range s.Charges {
			if rows[c.Seq] || rows[d.Seq] || !exchange(c, d) {
				continue
			}
			rows[c.Seq], rows[d.Seq] = true, true
			s.Alarm = fmt.Sprintf("the panel seems to have given rows %s and %s each other's order: order %s was charged %s and "+
				"order %s %s, where %s and %s are expected; look at their links on the panel's page of orders before you cancel "+
				"or refill one", c.Line, d.Line, c.OrderID, c.Charge, d.OrderID, d.Charge, c.Approved, d.Approved)
			for _, a := range []journal.Alarm{{Seq: c.Seq, OrderID: d.OrderID}, {Seq: d.Seq, OrderID: c.OrderID}} {
				a.At, a.Words = time.Now(), s.Alarm
				if err := l.Journal.RaiseAlarm(l.Batch.ID, a); err != nil {
					return nil, err
				}
			}
		}
	}
	return rows, nil
}

// exchange tells whether a row that was charged too much and another one of its service, which was charged too little,
// were charged what the other should be.
func exchange(c, d journal.Charged) bool {
	return c.Panel == d.Panel && c.Service == d.Service && nearly(c.Charge, d.Approved) && nearly(d.Charge, c.Approved) &&
		!nearly(c.Approved, d.Approved)
}

// nearly allows for what a panel rounds to two places.
func nearly(a, b decimal.Decimal) bool { return a.Sub(b).Abs().LessThan(decimal.New(1, -2)) }
