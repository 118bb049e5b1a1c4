package report

import (
	"cmp"
	"strconv"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Explain tells the whole life of one row: cells, request, answers, status.
func (t Terminal) Explain(b journal.Batch, e journal.Entry, attempts []journal.Attempt) {
	t.say("%s of batch %s: %s", t.paint(sgrBold, "Row "+strconv.Itoa(e.Line)), parse.Escape(b.ID), t.paint(stateColour(e.State), words(e.State)))
	for _, p := range findings(e) {
		t.say("  %s", p.Error())
	}
	t.heading("In the sheet")
	var cells [][2]string
	for i, name := range uniqueHeaders(b.Columns) {
		cells = append(cells, [2]string{name, cell(e, i)})
	}
	t.pairs(cells)
	t.heading("What is sent")
	var params [][2]string
	for _, p := range e.Params {
		params = append(params, [2]string{p.Name, p.Value})
	}
	if most, known := e.AtMost(); known {
		params = append(params, [2]string{"(at most)", amount(most, b.Currency)})
	}
	params = append(params, [2]string{"(row key)", e.Key})
	t.pairs(params)
	if len(attempts) > 0 {
		t.requests(attempts)
	}
	if e.State == journal.Placed {
		t.order(b, e)
	}
}

// requests prints what was sent and what came back, the answers in full.
func (t Terminal) requests(attempts []journal.Attempt) {
	var rows [][]string
	var answers [][2]string
	for _, a := range attempts {
		rows = append(rows, []string{strconv.Itoa(a.N), utc(a.Started), cmp.Or(took(a), "nobody saw"), a.Verdict, httpStatus(a.HTTPStatus), cmp.Or(a.OrderID, a.Candidate), a.Words})
		answers = append(answers, [2]string{"answer " + strconv.Itoa(a.N), a.Answer})
	}
	t.heading("Requests")
	t.Table([]string{"Try", "Begun", "Took", "Verdict", "HTTP", "Order", "Words"}, rows)
	t.pairs(answers)
}

// order prints how the panel says that the row's order stands.
func (t Terminal) order(b journal.Batch, e journal.Entry) {
	t.heading("The order")
	charge := ""
	if e.Charge.Valid {
		charge = amount(e.Charge.Decimal, cmp.Or(e.Currency, b.Currency))
	}
	t.pairs([][2]string{{"order", e.OrderID}, {"status", cmp.Or(e.Status, "not asked yet")}, {"charge", charge}, {"start count", e.StartCount},
		{"remains", e.Remains}, {"refill", e.Refill}, {"checked at", utc(e.CheckedAt)}})
}

// pairs prints names and values that come from sheets and panels, those that have one.
func (t Terminal) pairs(all [][2]string) {
	longest := 0
	for _, p := range all {
		if p[1] != "" {
			longest = max(longest, columnsOf(parse.Escape(p[0])))
		}
	}
	for _, p := range all {
		if p[1] != "" {
			t.say("%s", tableLine([]string{parse.Escape(p[0]), parse.Escape(p[1])}, []int{longest, columnsOf(parse.Escape(p[1]))}, []bool{false, false}))
		}
	}
}

func took(a journal.Attempt) string {
	if a.Ended.IsZero() {
		return ""
	}
	return a.Ended.Sub(a.Started).Round(time.Millisecond).String()
}

func httpStatus(status int) string {
	if status == 0 {
		return ""
	}
	return strconv.Itoa(status)
}

// begun is when a batch was last worked on.
func begun(b journal.Batch) time.Time {
	if b.Started.IsZero() {
		return b.Created
	}
	return b.Started
}
