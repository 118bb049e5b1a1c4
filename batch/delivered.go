package batch

import (
	"context"
	"fmt"
	"slices"

	"bulkorder/batch/journal"
	"bulkorder/batch/panel"
)

// mostStanding is how many orders are asked about before refills are asked for: more are for a refresh.
const mostStanding = 1000

// standing finds out how orders stand now that were under way when they were asked about last: they may be delivered
// since. What isn't told stays as it was.
func (r *Requester) standing(ctx context.Context, rows []journal.Entry) {
	at, ids := map[string]int{}, []string(nil)
	for i, e := range rows {
		if e.State == journal.Placed && e.OrderID != "" && isUnderWay(e.Status) && len(ids) < mostStanding {
			at[e.OrderID], ids = i, append(ids, e.OrderID)
		}
	}
	for some := range slices.Chunk(ids, max(1, r.Panel.StatusesAtOnce())) {
		told, err := r.Panel.Statuses(ctx, some, panel.Turn(r.Pace.Turn))
		for id, now := range told {
			if now.Error == "" && now.Status != "" {
				rows[at[id]].Status = now.Status
			}
		}
		if err != nil {
			return // the panel is away, or somebody has had enough
		}
	}
}

// isUnderWay tells whether an order may still be delivered.
func isUnderWay(status string) bool {
	standing := journal.StandingOf(status)
	return standing == journal.Waiting || standing == journal.Working
}

// undelivered says why an order can't be refilled; empty: it can. What words mean that aren't known, and an order that
// nobody asked about yet, is the panel's to judge.
func undelivered(e journal.Entry) string {
	words := fmt.Sprintf("the order is %s, and what isn't Completed or Partial can't be refilled", e.Status)
	switch {
	case isUnderWay(e.Status):
		return words + "; once it is delivered it can"
	case journal.StandingOf(e.Status) == journal.Failed:
		return words
	}
	return ""
}
