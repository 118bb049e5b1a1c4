package follow

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
	"bulkorder/batch/plan"
)

// Watcher watches the services of a batch's rows that are not yet sent, while this process holds the batch.
type Watcher struct {
	Journal     *journal.Journal
	Batch       journal.Batch
	AcceptPrice bool // a person approves prices that rose
}

// Watch holds the rows not yet sent on a panel whose service isn't what it was when it was approved: it
// vanished, its type or limits changed, or its price rose, unless the person accepts that. Rows that were held
// so and whose service is again as it was are queued. It gives how many rows were held.
func (w Watcher) Watch(ctx context.Context, name string, now *panel.Catalogue) (held int, err error) {
	waiting, err := w.Journal.Unsent(ctx, w.Batch, name)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	approved, err := w.Journal.Services(ctx, w.Batch)
	if err != nil {
		return 0, err
	}
	rowsOf := map[string][]journal.Unsent{}
	for _, u := range waiting {
		rowsOf[u.Service] = append(rowsOf[u.Service], u)
	}
	for _, was := range approved {
		rows := rowsOf[was.ID]
		if was.Panel != name || len(rows) == 0 {
			continue
		}
		n, err := w.watchService(was, rows, now)
		if err != nil {
			return held, err
		}
		held += n
	}
	return held, nil
}

// watchService watches one service, whose rows not yet sent are in these states.
func (w Watcher) watchService(
	was journal.Service,
	rows []journal.Unsent,
	now *panel.Catalogue,
) (held int, err error) {
	is, found := now.Service(was.ID)
	reason, note := Changed(was.Service, is, found)
	watched := slices.ContainsFunc(
		rows,
		func(u journal.Unsent) bool { return u.Reason == journal.Dearer || u.Reason == journal.Changed },
	)
	switch {
	case reason == journal.Dearer && w.AcceptPrice:
		if err := w.Journal.AcceptPrice(w.Batch, was, is.Rate); err != nil {
			return 0, err
		}
	case reason != "":
		return w.Journal.HoldService(w.Batch, was, reason, note)
	}
	if watched {
		_, err = w.Journal.ReleaseService(w.Batch, was, journal.Dearer, journal.Changed)
	}
	return 0, err
}

// Changed tells why rows of a service can't be sent as they were approved, and in words; no reason: they can.
func Changed(was, is panel.Service, found bool) (journal.Reason, string) {
	switch {
	case !found:
		return journal.Changed, "its service is no longer in the catalogue"
	case is.Oddity != "":
		return journal.Changed, "its service can't be ordered safely: " + is.Oddity
	case !strings.EqualFold(is.Type, was.Type):
		return journal.Changed, fmt.Sprintf("its service's type changed from %s to %s", was.Type, is.Type)
	case plan.IsAnother(was, is):
		return journal.Changed, fmt.Sprintf("its service was %q and is %q", was.Name, is.Name)
	case is.Min > was.Min || is.Max < was.Max:
		return journal.Changed, fmt.Sprintf(
			"its service's limits changed from %d–%d to %d–%d",
			was.Min,
			was.Max,
			is.Min,
			is.Max,
		)
	case is.Rate.GreaterThan(was.Rate):
		return journal.Dearer, fmt.Sprintf("its price rose from %s to %s", was.Rate, is.Rate)
	}
	return "", ""
}
