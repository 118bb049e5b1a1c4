package settle

import (
	"context"
	"fmt"
)

// givenTwice finds the rows whose orders the panel gave to other rows too. What it tells of such an order may be about
// either row, so that a charge above what was approved is no price that rose.
func (l *Looker) givenTwice(ctx context.Context, s *Looked) (rows map[int64]bool, err error) {
	rows = map[int64]bool{}
	for _, c := range s.Charges {
		if !c.Above() {
			continue
		}
		others, err := l.Journal.AlsoGiven(ctx, l.settler().account(), c.OrderID)
		if err != nil {
			return nil, err
		}
		if len(others) == 0 {
			continue
		}
		rows[c.Seq] = true
		where := others[0].Line.String()
		if others[0].Batch != l.Batch.ID {
			where += " of batch " + others[0].Batch
		}
		s.Alarm = fmt.Sprintf("the panel gave rows %s and %s the same order, %s; what it tells of it may be about either: it "+
			"was charged %s, where %s was approved for row %[1]s; look at the panel's page of orders", c.Line, where, c.OrderID,
			c.Charge, c.Approved)
	}
	return rows, nil
}
