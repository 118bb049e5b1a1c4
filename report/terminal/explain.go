package terminal

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// Explain tells the whole life of one row: cells, request, answers, decisions, status. Rows that stood in its place
// before the sheet was edited follow.
func (t Screen) Explain(all []report.Life) {
	for i, l := range all {
		if i > 0 {
			t.say("")
			t.say("Before the sheet was edited, there stood:")
		}
		t.life(l)
		if left := l.Left(len(all) > 1); left != nil {
			t.heading("What is left to do")
			for _, line := range left {
				t.prose("  ", "  ", parse.Escape(t.pasted(line)))
			}
		}
	}
}

func (t Screen) life(l report.Life) {
	b, e := l.Batch, l.Entry
	t.say("%s of batch %s: %s", t.paint(sgrBold, "Row "+parse.Escape(e.At().String())), parse.Escape(b.ID),
		t.paint(stateColour(e.State), report.StateWords(e.State)))
	for _, p := range report.ProblemsOf(e) {
		if words := p.Error(); p.Column == "" && p.Sheet == "" {
			t.prose("  ", "    ", "row "+words)
		} else {
			t.prose("  ", "    ", words)
		}
	}
	t.heading("In the sheet")
	var cells [][2]string
	for i, name := range report.UniqueHeaders(b.Columns) {
		cells = append(cells, [2]string{name, report.Cell(e, i)})
	}
	t.pairs(cells)
	t.heading(sentHeading(e.State))
	var params [][2]string
	for _, p := range e.Params {
		params = append(params, [2]string{p.Name, p.Value})
	}
	if most, known := e.AtMost(); known && e.State != journal.Invalid && e.State != journal.Skipped {
		label := "(estimated)"
		if _, exact := e.Estimate(); !exact {
			label = "(estimated, at most)"
		}
		params = append(params, [2]string{label, report.Amount(most, b.Currency)})
	}
	params = append(params, [2]string{"(row key)", e.Key})
	t.pairs(params)
	if len(l.Attempts) > 0 {
		t.requests(l.Attempts)
	}
	if len(l.Decisions) > 0 {
		t.decisions(l.Decisions)
	}
	if e.State == journal.Placed {
		t.order(b, e)
	}
	if len(l.Statuses) > 0 {
		t.past(b, l.Statuses)
	}
	if len(l.Requests) > 0 {
		t.asked(l.Requests)
	}
}

// sentHeading says what the fields of a row are: sent, or only understood.
func sentHeading(s journal.State) string {
	switch report.Told(s) {
	case journal.Invalid:
		return "Nothing is sent: this is what was understood"
	case journal.Skipped:
		return "Nothing is sent"
	case journal.Held:
		return "Nothing is sent before the row is released; then this"
	case journal.Queued:
		return "What will be sent"
	case journal.InDoubt:
		return "What was sent, or may have been"
	}
	return "What was sent"
}

// past prints how the order stood over time.
func (t Screen) past(b journal.Batch, all []journal.Past) {
	var rows [][]string
	currency := b.Currency // an account has one
	for _, p := range all {
		charge := ""
		if p.Charge.Valid {
			charge, currency = report.Amount(p.Charge.Decimal, ""), cmp.Or(p.Currency, currency)
		}
		rows = append(rows, []string{report.Utc(p.At), p.Status, charge, p.StartCount, p.Remains})
	}
	t.heading("Its statuses over time")
	t.Table([]string{"From", "Status", strings.TrimSpace("Charged " + parse.Escape(currency)), "Start", "Remains"}, rows)
}

// asked prints the refills and cancellations that were asked for.
func (t Screen) asked(all []journal.Request) {
	var rows [][]string
	for _, r := range all {
		rows = append(rows, []string{report.Utc(r.At), r.By, string(r.Action), requestWords(r.State), r.Ref, r.Status,
			r.Words})
	}
	t.heading("Asked for")
	t.Table([]string{"At", "By", "What", "Became", "Its id", "Status", "Words"}, rows)
}

// requests prints what was sent and what came back, the answers in full.
func (t Screen) requests(attempts []journal.Attempt) {
	var rows [][]string
	var answers [][2]string
	for _, a := range attempts {
		rows = append(rows, []string{strconv.Itoa(a.N), report.Utc(a.Started), cmp.Or(took(a), "nobody saw"), a.Verdict,
			httpStatus(a.HTTPStatus), cmp.Or(a.OrderID, a.Candidate), a.Words})
		answers = append(answers, [2]string{"answer " + strconv.Itoa(a.N), a.Answer})
	}
	t.heading("Requests")
	t.Table([]string{"Try", "Begun", "Took", "Verdict", "HTTP", "Order", "Words"}, rows)
	t.pairs(answers)
}

// decisions prints what was decided while the row was in doubt, by whom and why.
func (t Screen) decisions(all []journal.Decision) {
	var rows [][]string
	for _, d := range all {
		rows = append(rows, []string{report.Utc(d.At), d.By, string(d.How), report.StateWords(d.State),
			cmp.Or(d.OrderID, strings.Join(d.OneOf, ", ")), cmp.Or(d.Reason, d.Evidence)})
	}
	t.heading("Decisions")
	t.Table([]string{"At", "By", "How", "Became", "Order", "Because"}, rows)
}

// order prints how the panel says that the row's order stands.
func (t Screen) order(b journal.Batch, e journal.Entry) {
	t.heading("The order")
	charge := ""
	if e.Charge.Valid {
		charge = report.Amount(e.Charge.Decimal, cmp.Or(e.Currency, b.Currency))
	}
	t.pairs(
		[][2]string{
			{"order", e.OrderID},
			{"one of", strings.Join(e.OneOf, ", ")},
			{"status", cmp.Or(e.Status, "not asked yet")},
			{"charge", charge},
			{"start count", e.StartCount},
			{"remains", e.Remains},
			{"refill", e.Refill},
			{"checked at", report.Utc(e.CheckedAt)},
		},
	)
}

// pairs prints names and values that come from sheets and panels, those that have one.
func (t Screen) pairs(all [][2]string) {
	longest := 0
	for _, p := range all {
		if p[1] != "" {
			longest = max(longest, report.Width(parse.Escape(p[0])))
		}
	}
	for _, p := range all {
		if p[1] == "" {
			continue
		}
		name := parse.Escape(p[0])
		for line := range strings.SplitSeq(strings.TrimRight(strings.ReplaceAll(p[1], "\r\n", "\n"), "\n"), "\n") {
			line = parse.Escape(line)
			t.say("%s", tableLine([]string{name, line}, []int{longest, report.Width(line)}, []bool{false, false}))
			name = ""
		}
	}
}

func took(a journal.Attempt) string {
	if a.Ended.IsZero() {
		return ""
	}
	d := a.Ended.Sub(a.Started)
	if d < time.Second {
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	}
	return report.Lasting(d)
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
