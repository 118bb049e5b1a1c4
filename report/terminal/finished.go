package terminal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// Finished tells what a run, a resume or a refresh came to; the last line is the next command.
func (t Screen) Finished(r report.Result) {
	t.warned(r.Warned())
	defer t.warned(r.Warned())
	if r.Stop != nil {
		t.say("%s %s", t.paint(sgrYellow, "Stopped early:"), parse.Escape(r.Stop.Words))
	}
	if r.Alarm != "" {
		t.say("%s %s", t.paint(sgrRed, "Alarm:"), parse.Escape(r.Alarm))
	}
	t.alarms(r)
	t.say("%s on %s: %s of %s", t.paint(sgrBold, "Batch "+parse.Escape(r.Batch)), parse.Escape(r.Panel),
		report.Counted(r.Rows.Total, "row"), parse.Escape(r.Sheet))
	t.standing(r)
}

// Rehearsed tells what a rehearsal came to. Its rows have no batch that anything could be done with.
func (t Screen) Rehearsed(r report.Result) {
	t.states(r.Rows)
	t.money(r)
	t.say("  workbook: %s", parse.Escape(r.Workbook))
	for _, why := range r.HeldWhy() {
		t.prose("  ", "    ", parse.Escape(why))
	}
	t.next(r.Next)
}

// alarms tells what speaks against what was decided about rows.
func (t Screen) alarms(r report.Result) {
	for _, a := range r.Alarms {
		t.say("%s %s", t.paint(sgrRed, "Alarm:"), parse.Escape(a.Words))
		t.say("  where the decision stands although, say so: %s", parse.Escape(t.pasted(fmt.Sprintf(
			`bulkorder settle %s --row %s --although %s --reason "..."`, r.Batch, report.ShellWord(a.Line().String()),
			a.OrderID))))
	}
}

// standing tells how the batch stands now, and what to do next.
func (t Screen) standing(r report.Result) {
	t.states(r.Rows)
	t.money(r)
	if r.Workbook != "" {
		t.say("  results: %s", parse.Escape(r.Workbook))
	}
	t.panels(r.Panels)
	t.background(r.Background)
	t.say("")
	for _, line := range r.Advice() {
		t.prose("", "", parse.Escape(t.pasted(line)))
	}
	t.next(r.Next)
}

// money prints what was charged, against what was expected.
func (t Screen) money(r report.Result) {
	if !r.Money.Charged.Valid {
		return
	}
	currency := parse.Escape(r.Money.Currency)
	line := fmt.Sprintf("  charged: %s; estimated: %s for %s", report.Amount(r.Money.Charged.Decimal, currency),
		report.Amount(r.Money.Estimated.Decimal, currency), allValid(r.Rows.Valid))
	if r.Money.UpTo.Valid {
		line += fmt.Sprintf(" (%s at most)", report.Amount(r.Money.UpTo.Decimal, currency))
	}
	if r.Money.Uncharged > 0 {
		line += fmt.Sprintf("; the panel hasn't told the charge of %s", report.Counted(r.Money.Uncharged, "order"))
	}
	t.prose("  ", "    ", strings.TrimSpace(line))
	if r.Money.AboveRows > 0 {
		t.say("  %s charged above what was approved: %s more than that",
			report.Counted(r.Money.AboveRows, "order"), report.Amount(r.Money.Above.Decimal, currency))
	}
	if r.Money.GrossRows > 0 {
		t.say("  %s of it gross: the panel goes on telling the full charge of %s that gave money back",
			report.Amount(r.Money.Gross.Decimal, currency), report.Counted(r.Money.GrossRows, "order"))
	}
	var balances []string
	if r.Money.BalanceBefore.Valid {
		balances = append(balances, report.Amount(r.Money.BalanceBefore.Decimal, currency)+" before")
	}
	if r.Money.BalanceAfter.Valid {
		balances = append(balances, report.Amount(r.Money.BalanceAfter.Decimal, currency)+" after")
	}
	if balances != nil {
		t.say("  balance: %s", strings.Join(balances, ", "))
	}
}

// allValid names the rows that an estimate is of.
func allValid(n int) string {
	switch n {
	case 0:
		return "no valid row"
	case 1:
		return "the valid row"
	}
	return fmt.Sprintf("all %s valid rows", report.Count(n))
}

// Batches lists batches, in the order given.
func (t Screen) Batches(all []Listed) {
	if len(all) == 0 {
		t.say("There are no batches yet.")
		return
	}
	var rows [][]string
	for _, l := range all {
		r := report.NewResult(l.Batch, l.Totals)
		rows = append(
			rows,
			[]string{r.Batch, r.Panel, r.Sheet, r.By, begun(l.Batch).Local().Format("2006-01-02 15:04"),
				report.Count(
					r.Rows.Total,
				), report.Count(r.Rows.Placed), report.Count(r.Rows.Queued), report.Count(r.Rows.InDoubt),
				report.Count(r.Rows.Held), report.Count(r.Unplaced()), sumWords(r.Money.Charged), r.Money.Currency},
		)
	}
	t.Table([]string{"Batch", "Panel", "Sheet", "By", "Begun", "Rows", "Placed", "Queued", "In doubt", "Held",
		"To fix",
		"Charged", ""}, rows)
}

// Rows lists rows of a batch, in the order given, and what lets those go that are held.
func (t Screen) Rows(b journal.Batch, all []journal.Entry, releases []string) {
	if len(all) == 0 {
		t.say("Batch %s has no such row.", parse.Escape(b.ID))
		return
	}
	columns := report.NewColumns(b, nil)
	shown := []string{"order_id", "status", "charge", "start_count", "remains", "refill", "problem"}
	var rows [][]string
	for _, e := range all {
		row := []string{e.At().String(), e.Panel, e.Service, report.StateWords(e.State)}
		values := columns.Values(e)
		for _, name := range shown {
			row = append(row, values[columns.Named(name)])
		}
		rows = append(rows, row)
	}
	t.Table(filled([]string{"Row", "Panel", "Service", "State", "Order", "Status", "Charged", "Start", "Remains", "Refill",
		"Problem"}, rows))
	if slices.ContainsFunc(all, func(e journal.Entry) bool { return e.State == journal.Held }) {
		t.say("")
		for _, line := range releases {
			t.prose("", "", parse.Escape(t.pasted(line)))
		}
	}
	t.say("\n%s of batch %s; `bulkorder explain %s ROW` tells the whole life of one", report.Counted(len(all), "row"),
		parse.Escape(b.ID), parse.Escape(b.ID))
}

// filled leaves columns out that hold nothing.
func filled(head []string, rows [][]string) (names []string, kept [][]string) {
	kept = make([][]string, len(rows))
	for i, name := range head {
		if !slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "" }) {
			continue
		}
		names = append(names, name)
		for at, row := range rows {
			kept[at] = append(kept[at], row[i])
		}
	}
	return names, kept
}

// sumWords is a sum, or that there is none.
func sumWords(d decimal.NullDecimal) string {
	if !d.Valid {
		return "by panel"
	}
	return report.Amount(d.Decimal, "")
}

// Services lists services, in the order given; currency is that of the rates.
func (t Screen) Services(all []report.Service, currency string) {
	if len(all) == 0 {
		t.say("No service fits.")
		return
	}
	var rows [][]string
	for _, s := range all {
		rows = append(
			rows,
			[]string{s.ID, s.Name, s.Type, s.Category, report.Amount(s.Rate, ""), report.Count(int(s.Min)),
				report.Count(int(s.Max)), report.YesNo(s.Refill), report.YesNo(s.Cancel)},
		)
	}
	t.Table([]string{"Service", "Name", "Type", "Category", strings.TrimSpace("Rate " + parse.Escape(currency)), "Min",
		"Max", "Refill", "Cancel"}, rows)
}

// Show tells one batch.
func (t Screen) Show(d Details) {
	b, r := d.Batch, report.NewResult(d.Batch, d.Totals)
	r.InBackground(d.Background)
	t.alarms(r)
	t.say("%s", t.paint(sgrBold, "Batch "+parse.Escape(b.ID)))
	t.facts(
		[][2]string{
			{"panel", strings.TrimSpace(r.Panel + " " + b.URL)},
			{"sheet", strings.TrimSpace(b.Sheet + " " + report.Worksheet(b))},
			{"by", b.By},
			{"read", report.Utc(b.Created)},
			{"last begun", report.Utc(b.Started)},
			{"last ended", report.Utc(b.Ended)},
			{"results", b.Workbook},
		},
	)
	t.heading("Rows by state")
	t.states(r.Rows)
	t.money(r)
	t.panels(r.Panels)
	t.background(r.Background)
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
		rows = append(rows, []string{id, names[s.Panel+" "+s.ID], report.Count(s.Rows), report.Count(s.Placed),
			report.Amount(s.Estimated, ""), report.Amount(s.Charged, "")})
	}
	if rows != nil {
		t.heading("Spend by service")
		t.Table([]string{"Service", "Name", "Rows", "Placed", "Estimated", "Charged"}, rows)
	}
	t.doubts(d.Doubts)
	t.say("")
	for _, line := range r.Advice() {
		t.prose("", "", parse.Escape(t.pasted(line)))
	}
	t.next(r.Next)
}

// facts prints names and values, those that have one.
func (t Screen) facts(all [][2]string) {
	for _, f := range all {
		if strings.TrimSpace(f[1]) != "" {
			t.say("  %-12s %s", f[0], parse.Escape(f[1]))
		}
	}
}

func (t Screen) statuses(totals journal.Totals, currency string) {
	var rows [][]string
	for _, status := range report.StatusesOf(totals) {
		s := totals.Statuses[status]
		if status == "" {
			status = "not asked yet"
		}
		rows = append(rows, []string{status, report.Count(s.Rows), report.Amount(s.Charge, "")})
	}
	if rows != nil {
		t.heading("Orders by the panel's status")
		t.Table([]string{"Status", "Orders", strings.TrimSpace("Charged " + parse.Escape(currency))}, rows)
	}
}

func (t Screen) doubts(all []journal.Entry) {
	if len(all) == 0 {
		return
	}
	var rows [][]string
	for _, e := range all {
		rows = append(rows, []string{e.At().String(), e.Service, report.Utc(e.SentAt), e.Candidate, e.Note})
	}
	t.heading("Rows in doubt: don't order them again")
	t.Table([]string{"Row", "Service", "Sent at", "Perhaps order", "What is known"}, rows)
}
