package batch

import (
	"context"
	"fmt"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// watch holds the rows not yet sent on a panel whose service isn't what it was when it was approved: it vanished, its
// type or limits changed, or its price rose, unless the person accepts that. Rows that were held so and whose
// service is again as it was are queued. It gives how many rows were held. This process holds b.
func (j *Job) watch(ctx context.Context, b journal.Batch, name string, now *panel.Catalogue) (held int, err error) {
	totals, err := j.Journal.TotalsOn(ctx, b, name)
	if err != nil || totals.States[journal.Queued]+totals.States[journal.Held] == 0 {
		return 0, err
	}
	approved, err := j.Journal.Services(ctx, b)
	if err != nil {
		return 0, err
	}
	for _, was := range approved {
		if was.Panel != name {
			continue
		}
		is, found := now.Service(was.ID)
		reason, note := changed(was.Service, is, found)
		n := 0
		switch {
		case reason == "":
			_, err = j.Journal.ReleaseService(b, was, journal.Dearer, journal.Changed)
		case reason == journal.Dearer && j.AcceptPrice:
			err = j.Journal.AcceptPrice(b, was, is.Rate)
		default:
			n, err = j.Journal.HoldService(b, was, reason, note)
		}
		if err != nil {
			return held, err
		}
		held += n
	}
	return held, nil
}

// changed tells why rows of a service can't be sent as they were approved, and in words; no reason: they can.
func changed(was, is panel.Service, found bool) (journal.Reason, string) {
	switch {
	case !found:
		return journal.Changed, "its service is no longer in the catalogue"
	case is.Oddity != "":
		return journal.Changed, "its service can't be ordered safely: " + is.Oddity
	case !strings.EqualFold(is.Type, was.Type):
		return journal.Changed, fmt.Sprintf("its service's type changed from %s to %s", was.Type, is.Type)
	case is.Min > was.Min || is.Max < was.Max:
		return journal.Changed, fmt.Sprintf("its service's limits changed from %d–%d to %d–%d", was.Min, was.Max, is.Min, is.Max)
	case is.Rate.GreaterThan(was.Rate):
		return journal.Dearer, fmt.Sprintf("its price rose from %s to %s", was.Rate, is.Rate)
	}
	return "", ""
}
