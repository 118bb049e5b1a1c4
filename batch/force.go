package batch

import (
	"context"
	"fmt"
	"time"

	"bulkorder/batch/journal"
)

// Force keeps a person's decision about a row in doubt: placed as an order, which is asked for first, or
// not placed, which queues it again.
func (s *Settler) Force(ctx context.Context, line int, orderID, reason string) error {
	e, err := s.Journal.AtLine(ctx, s.Batch, line)
	if err != nil {
		return err
	}
	if e.State != journal.InDoubt {
		return fmt.Errorf("row %d is %s: %w", line, e.State, journal.ErrNotInDoubt)
	}
	d := journal.Decision{
		At:       time.Now(),
		By:       s.By,
		How:      journal.Forced,
		State:    journal.Queued,
		Reason:   reason,
		Evidence: s.By + " said that it was not placed",
	}
	if orderID != "" {
		statuses, err := s.Panel.Statuses(ctx, []string{orderID})
		if err != nil {
			return err
		}
		status, is := statuses[orderID]
		if !is || status.Error != "" {
			return fmt.Errorf("the panel doesn't know order %s: %s", orderID, status.Error)
		}
		d.State, d.OrderID = journal.Placed, orderID
		d.Evidence = fmt.Sprintf(
			"%s said that it is order %s, which the panel has with the status %q and the charge %s",
			s.By,
			orderID,
			status.Status,
			chargeWords(status),
		)
	}
	return s.Journal.Decide(s.Batch, e.Seq, d)
}
