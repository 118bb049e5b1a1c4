package report

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// Finished tells what a run, a resume or a refresh came to; the last line is the next command.
func (t Terminal) Finished(r Result) {
	if r.Stop != nil {
		t.say("%s %s", t.paint(sgrYellow, "Stopped early:"), parse.Escape(r.Stop.Words))
	}
	t.say(
		"%s on %s: %s of %s",
		t.paint(sgrBold, "Batch "+parse.Escape(r.Batch)),
		parse.Escape(r.Panel),
		counted(r.Rows.Total, "row"),
		parse.Escape(r.Sheet),
	)
	t.standing(r)
}

// standing tells how the batch stands now, and what to do next.
func (t Terminal) standing(r Result) {
	t.states(r.Rows)
	t.money(r)
	if r.Workbook != "" {
		t.say("  results: %s", parse.Escape(r.Workbook))
	}
	t.panels(r.Panels)
	t.say("")
	for _, line := range r.Advice() {
		t.say("%s", parse.Escape(line))
	}
	t.next(r.Next)
}

// money prints what was charged, against what was expected.
func (t Terminal) money(r Result) {
	if !r.Money.Charged.Valid {
		return
	}
	currency := parse.Escape(r.Money.Currency)
	line := fmt.Sprintf(
		"  charged: %s, of %s estimated",
		amount(r.Money.Charged.Decimal, currency),
		amount(r.Money.Estimated.Decimal, currency),
	)
	if r.Money.UpTo.Valid {
		line += fmt.Sprintf(" (%s at most)", amount(r.Money.UpTo.Decimal, currency))
	}
	if r.Money.Uncharged > 0 {
		line += fmt.Sprintf("; the panel hasn't told the charge of %s", counted(r.Money.Uncharged, "order"))
	}
	t.say("%s", line)
	var balances []string
	if r.Money.BalanceBefore.Valid {
		balances = append(balances, amount(r.Money.BalanceBefore.Decimal, currency)+" before")
	}
	if r.Money.BalanceAfter.Valid {
		balances = append(balances, amount(r.Money.BalanceAfter.Decimal, currency)+" after")
	}
	if balances != nil {
		t.say("  balance: %s", strings.Join(balances, ", "))
	}
}

// Batches lists batches, in the order given.
func (t Terminal) Batches(all []Listed) {
	if len(all) == 0 {
		t.say("There are no batches yet.")
		return
	}
	var rows [][]string
	for _, l := range all {
		r := NewResult(l.Batch, l.Totals)
		rows = append(
			rows,
			[]string{
				r.Batch,
				r.Panel,
				r.Sheet,
				r.By,
				begun(l.Batch).UTC().Format("2006-01-02 15:04"),
				count(r.Rows.Total),
				count(r.Rows.Placed),
				count(r.Rows.Queued),
				count(r.Rows.InDoubt),
				count(r.unplaced()),
				sumWords(r.Money.Charged),
				r.Money.Currency,
			},
		)
	}
	t.Table(
		[]string{
			"Batch",
			"Panel",
			"Sheet",
			"By",
			"Begun (UTC)",
			"Rows",
			"Placed",
			"Queued",
			"In doubt",
			"To fix",
			"Charged",
			"",
		},
		rows,
	)
}

// Rows lists rows of a batch, in the order given.
func (t Terminal) Rows(b journal.Batch, all []journal.Entry) {
	if len(all) == 0 {
		t.say("Batch %s has no such row.", parse.Escape(b.ID))
		return
	}
	var rows [][]string
	for _, e := range all {
		v := newColumns(b.Columns).values(e)
		rows = append(
			rows,
			[]string{
				fmt.Sprint(e.Line),
				e.Panel,
				e.Service,
				words(e.State),
				v[atOrderID],
				v[atStatus],
				v[atCharge],
				v[atStartCount],
				v[atRemains],
				v[atRefill],
				v[atProblem],
			},
		)
	}
	t.Table(
		[]string{
			"Row",
			"Panel",
			"Service",
			"State",
			"Order",
			"Status",
			"Charge",
			"Start",
			"Remains",
			"Refill",
			"Problem",
		},
		rows,
	)
	t.say(
		"\n%s of batch %s; `bulkorder explain %s ROW` tells the whole life of one",
		counted(len(all), "row"),
		parse.Escape(b.ID),
		parse.Escape(b.ID),
	)
}

// sumWords is a sum, or that there is none.
func sumWords(d decimal.NullDecimal) string {
	if !d.Valid {
		return "by panel"
	}
	return amount(d.Decimal, "")
}

// Services lists services, in the order given; currency is that of the rates.
func (t Terminal) Services(all []Service, currency string) {
	if len(all) == 0 {
		t.say("No service fits.")
		return
	}
	var rows [][]string
	for _, s := range all {
		rows = append(
			rows,
			[]string{
				s.ID,
				s.Name,
				s.Type,
				s.Category,
				amount(s.Rate, ""),
				count(int(s.Min)),
				count(int(s.Max)),
				yesNo(s.Refill),
				yesNo(s.Cancel),
			},
		)
	}
	t.Table(
		[]string{
			"Service",
			"Name",
			"Type",
			"Category",
			strings.TrimSpace("Rate " + parse.Escape(currency)),
			"Min",
			"Max",
			"Refill",
			"Cancel",
		},
		rows,
	)
}

// Show tells one batch.
func (t Terminal) Show(d Details) {
	b, r := d.Batch, NewResult(d.Batch, d.Totals)
	t.say("%s", t.paint(sgrBold, "Batch "+parse.Escape(b.ID)))
	t.facts(
		[][2]string{
			{"panel", r.Panel + " " + b.URL},
			{"sheet", strings.TrimSpace(b.Sheet + " " + b.Worksheet)},
			{"by", b.By},
			{
				"read",
				utc(b.Created),
			},
			{"last begun", utc(b.Started)},
			{"last ended", utc(b.Ended)},
			{"results", b.Workbook},
		},
	)
	t.heading("Rows by state")
	t.states(r.Rows)
	t.money(r)
	t.panels(r.Panels)
	t.statuses(d.Totals, b.Currency)
	names := map[string]string{}
	for _, s := range d.Services {
		names[s.Panel+" "+s.ID] = s.Name
	}
	var rows [][]string
	for _, s := range d.Totals.ByService() {
		id := s.ID
		if r.Panels != nil {
			id = s.Panel + " " + s.ID
		}
		rows = append(
			rows,
			[]string{
				id,
				names[s.Panel+" "+s.ID],
				count(s.Rows),
				count(s.Placed),
				amount(s.Estimated, ""),
				amount(s.Charged, ""),
			},
		)
	}
	if rows != nil {
		t.heading("Spend by service")
		t.Table([]string{"Service", "Name", "Rows", "Placed", "Estimated", "Charged"}, rows)
	}
	t.doubts(d.Doubts)
	t.say("")
	for _, line := range r.Advice() {
		t.say("%s", parse.Escape(line))
	}
	t.next(r.Next)
}

// facts prints names and values, those that have one.
func (t Terminal) facts(all [][2]string) {
	for _, f := range all {
		if strings.TrimSpace(f[1]) != "" {
			t.say("  %-12s %s", f[0], parse.Escape(f[1]))
		}
	}
}

func (t Terminal) statuses(totals journal.Totals, currency string) {
	var rows [][]string
	for _, status := range statuses(totals) {
		s := totals.Statuses[status]
		if status == "" {
			status = "not asked yet"
		}
		rows = append(rows, []string{status, count(s.Rows), amount(s.Charge, "")})
	}
	if rows != nil {
		t.heading("Orders by the panel's status")
		t.Table([]string{"Status", "Orders", strings.TrimSpace("Charged " + parse.Escape(currency))}, rows)
	}
}

func (t Terminal) doubts(all []journal.Entry) {
	if len(all) == 0 {
		return
	}
	var rows [][]string
	for _, e := range all {
		rows = append(rows, []string{fmt.Sprint(e.Line), e.Service, utc(e.SentAt), e.Candidate, e.Note})
	}
	t.heading("Rows in doubt: don't order them again")
	t.Table([]string{"Row", "Service", "Sent at", "Perhaps order", "What is known"}, rows)
}
