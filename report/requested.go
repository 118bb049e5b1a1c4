package report

import (
	"cmp"
	"fmt"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Requests is what asking for refills or cancellations came to. They are requests: what the panel does about
// them comes with the statuses.
type Requests struct {
	Action  journal.Action `json:"action"`
	Taken   int            `json:"taken"`
	Refused int            `json:"refused"`
	Unsent  int            `json:"unsent"` // the panel certainly didn't take them
	InDoubt int            `json:"in_doubt"`
	LeftOut int            `json:"left_out"` // chosen rows about which nothing may be asked
	Missed  int            `json:"missed"`   // chosen rows that were not come to
	Rows    []RequestedRow `json:"rows"`
}

// RequestedRow is one chosen row.
type RequestedRow struct {
	Row     int                  `json:"row"`
	OrderID string               `json:"order_id"`
	State   journal.RequestState `json:"state"` // empty: left out
	Ref     string               `json:"ref"`   // the panel's id of the request
	Words   string               `json:"words"`
}

// Add counts a row.
func (r *Requests) Add(row RequestedRow) {
	r.Rows = append(r.Rows, row)
	switch row.State {
	case journal.Taken:
		r.Taken++
	case journal.Declined:
		r.Refused++
	case journal.Unasked:
		r.Unsent++
	case journal.AskInDoubt:
		r.InDoubt++
	default:
		r.LeftOut++
	}
}

// mostRequested is how many rows are told one by one.
const mostRequested = 30

// Requested tells what asking for refills or cancellations came to.
func (t Terminal) Requested(r Result) {
	q := r.Requests
	if r.Stop != nil {
		t.say("%s %s", t.paint(sgrYellow, "Stopped early:"), parse.Escape(r.Stop.Words))
	}
	t.say("%s on %s: %s", t.paint(sgrBold, "Batch "+parse.Escape(r.Batch)), parse.Escape(r.Panel), q.Action)
	for _, part := range []struct {
		n     int
		words string
	}{{q.Taken, "asked for"}, {q.Refused, "refused by the panel"}, {q.InDoubt, "in doubt: may have been taken, not asked again by itself"}, {q.Unsent, "not asked"},
		{q.LeftOut, "left out"}, {q.Missed, "not come to"}} {
		if part.n > 0 {
			t.say("  %9s %s", count(part.n), part.words)
		}
	}
	var rows [][]string
	for _, row := range q.Rows[:min(len(q.Rows), mostRequested)] {
		rows = append(
			rows,
			[]string{fmt.Sprint(row.Row), row.OrderID, cmp.Or(requestWords(row.State), "left out"), row.Ref, row.Words},
		)
	}
	if rows != nil {
		t.say("")
		t.Table([]string{"Row", "Order", string(q.Action), "Its id", "Words"}, rows)
	}
	if more := len(q.Rows) - mostRequested; more > 0 {
		t.say(
			"… and %s; `bulkorder explain %s ROW` tells of each, --json of all",
			counted(more, "more row"),
			parse.Escape(r.Batch),
		)
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
