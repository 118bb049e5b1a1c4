package batch

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// watch holds the rows not yet sent on a panel whose service isn't what it was when it was approved: it
// vanished, its type or limits changed, or its price rose, unless the person accepts that. Rows that were held
// so and whose service is again as it was are queued. It gives how many rows were held. This process holds b.
func (j *Job) watch(ctx context.Context, b journal.Batch, name string, now *panel.Catalogue) (held int, err error) {
	waiting, err := j.Journal.Unsent(ctx, b, name)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	approved, err := j.Journal.Services(ctx, b)
	if err != nil {
		return 0, err
	}
	for _, was := range approved {
		rows := slices.DeleteFunc(
			slices.Clone(waiting),
			func(w journal.Unsent) bool { return was.Panel != name || w.Service != was.ID },
		)
		if len(rows) == 0 {
			continue
		}
		n, err := j.watchService(b, was, rows, now)
		if err != nil {
			return held, err
		}
		held += n
	}
	return held, nil
}

// watchService watches one service, whose rows not yet sent are in these states.
func (j *Job) watchService(
	b journal.Batch,
	was journal.Service,
	rows []journal.Unsent,
	now *panel.Catalogue,
) (held int, err error) {
	is, found := now.Service(was.ID)
	reason, note := changed(was.Service, is, found)
	watched := slices.ContainsFunc(
		rows,
		func(w journal.Unsent) bool { return w.Reason == journal.Dearer || w.Reason == journal.Changed },
	)
	switch {
	case reason == journal.Dearer && j.AcceptPrice:
		if err := j.Journal.AcceptPrice(b, was, is.Rate); err != nil {
			return 0, err
		}
	case reason != "":
		return j.Journal.HoldService(b, was, reason, note)
	}
	if watched {
		_, err = j.Journal.ReleaseService(b, was, journal.Dearer, journal.Changed)
	}
	return 0, err
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
