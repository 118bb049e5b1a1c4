package settle

import (
	"context"
	"fmt"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// chargedLate is how long before a balance was told orders may have left that aren't in it yet.
const chargedLate = 2 * time.Minute

// unread holds the rows of services whose orders' charges can't be read, since the panel tells them in another currency
// or, where only we order on the account, doesn't tell them, if the balance fell by more since the run began than all
// that left at its highest price: it is charged above what was approved.
func (l *Looker) unread(ctx context.Context, s *Looked, fresh []journal.Followed) error {
	shared := l.Panel.Panel.Exclusive == panel.Shared
	if len(s.Charges) > 0 || len(fresh) == 0 || !s.Balance.Valid || !l.Before.Valid || l.AcceptPrice || shared {
		return nil
	}
	settler := l.settler()
	fell := l.Before.Decimal.Sub(s.Balance.Decimal)
	u, err := l.Journal.Unread(ctx, l.Batch, settler.account(), l.Since.Add(-chargedLate), settler.currency())
	if err != nil || u.Unknown || !fell.GreaterThan(u.Most) {
		return err
	}
	services := u.Elsewhere
	if l.Panel.Panel.Exclusive == panel.Alone {
		services = append(services, u.Untold...)
	}
	if parents, err := l.Journal.Parents(ctx, settler.account()); err != nil || len(services) == 0 || len(parents) > 0 {
		return err
	}
	words := fmt.Sprintf("%s left the balance since the run began, where the %d orders that left cost %s at most, as approved, "+
		"and the panel doesn't tell what they were charged in the currency of the balance", fell, u.Orders, u.Cost)
	for _, service := range services {
		held, err := l.Journal.HoldService(l.Batch, service, journal.Dear, words)
		if err != nil {
			return err
		}
		s.Held += held
	}
	s.Alarm = "orders seem to be charged above what was approved: " + words
	return nil
}
