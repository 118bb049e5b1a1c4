package terminal

import (
	"cmp"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// mostRequested is how many rows are told one by one.
const mostRequested = 30

// Requested tells what asking for refills or cancellations came to.
func (t Screen) Requested(r report.Result) {
	q := r.Requests
	if r.Stop != nil {
		t.say("%s %s", t.paint(sgrYellow, "Stopped early:"), parse.Escape(r.Stop.Words))
	}
	t.say("%s on %s: %s", t.paint(sgrBold, "Batch "+parse.Escape(r.Batch)), parse.Escape(r.Panel), q.Action)
	for _, part := range []struct {
		n     int
		words string
	}{{q.Taken, "asked for"}, {q.Refused, "refused by the panel"},
		{q.InDoubt, "in doubt: may have been taken, not asked again by itself"}, {q.Unsent, "not asked"},
		{q.LeftOut, "left out"}, {q.Missed, "not come to"}} {
		if part.n > 0 {
			t.say("  %9s %s", report.Count(part.n), part.words)
		}
	}
	var rows [][]string
	for _, row := range q.Rows[:min(len(q.Rows), mostRequested)] {
		rows = append(rows, []string{parse.Line{N: row.Row, Tab: row.Tab}.String(), row.OrderID,
			cmp.Or(requestWords(row.State), "left out"), row.Ref, row.Words})
	}
	if rows != nil {
		t.say("")
		t.Table([]string{"Row", "Order", string(q.Action), "Its id", "Words"}, rows)
	}
	if more := len(q.Rows) - mostRequested; more > 0 {
		t.say("… and %s; `bulkorder explain %s ROW` tells of each, --json of all", report.Counted(more, "more row"),
			parse.Escape(r.Batch))
	}
	if q.Taken > 0 {
		t.say("\nThese are requests: what becomes of them comes with the statuses.")
		t.next("bulkorder refresh " + r.Batch)
	}
}

// requestWords is the state of a request in a person's words.
func requestWords(s journal.RequestState) string {
	switch s {
	case journal.Asking, journal.AskInDoubt:
		return "in doubt"
	case journal.Taken:
		return "asked for"
	case journal.Unasked:
		return "not asked"
	}
	return string(s)
}
