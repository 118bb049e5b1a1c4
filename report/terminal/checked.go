package terminal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// Checked tells what a check found: counts, what would be ordered, what would not and why, problems by what mends
// them, money, time, and what a check can't know.
func (t Screen) Checked(c Check) {
	r := report.NewResult(c.Batch, c.Totals)
	t.say("%s for %s: %s", t.paint(sgrBold, parse.Escape(c.Batch.Sheet)), parse.Escape(report.PanelNames(c.Batch)),
		report.Counted(c.Totals.Rows, "row"))
	t.states(r.Rows)
	if c.Known && r.Rows.Placed > 0 {
		words := report.Count(r.Rows.Placed) + " placed by this batch"
		if c.ToSend.Rows == 0 {
			words += ", nothing to send"
		}
		t.say("  %s", words)
	}
	for _, note := range c.Notes {
		t.prose("  ", "    ", t.paint(sgrDim, "note: "+parse.Escape(note)))
	}
	t.columns(c.Columns)
	t.planned(c)
	t.left(c)
	t.problems(c)
	if r.Rows.Valid > 0 {
		t.charges(c, r)
	}
	t.unknowable()
	if !c.Asking {
		t.next(c.Next)
		t.warned(c.Warned())
	}
}

// Warned says which rows wait for a person's word about what they are warned of; empty: none does.
func (c Check) Warned() string {
	if c.Plan == nil {
		return ""
	}
	if g := c.Plan.Warned(); g.Rows > 0 {
		return report.WarnedWords(g.Rows, g.Lines, g.Asks)
	}
	return ""
}

// warned prints that rows wait for a person's word, where any do.
func (t Screen) warned(words string) {
	if words != "" {
		t.prose("", "  ", t.paint(sgrYellow, "Held:")+" "+words)
	}
}

// columns prints which column became which field.
func (t Screen) columns(all []report.Column) {
	var rows [][]string
	for _, c := range all {
		rows = append(rows, []string{cmp.Or(c.Cell, c.Letter), c.Name, cmp.Or(c.Field, "(carried along)"), c.By})
	}
	if rows != nil {
		t.heading("Columns")
		t.Table([]string{"", "In the sheet", "Taken for", "By"}, rows)
	}
}

// problems prints the groups, and of each the first few rows in full.
func (t Screen) problems(c Check) {
	all := c.Problems
	if len(all) == 0 {
		return
	}
	var g report.ByMend
	wrong := map[parse.Line]bool{}
	for _, p := range all {
		g.Add(p)
		wrong[p.Line()] = wrong[p.Line()] || !p.Warning
	}
	t.heading("Problems, by what mends them")
	for _, one := range g.Sorted() {
		colour, kind := sgrRed, ""
		if one.Warning {
			colour, kind = sgrYellow, ", a warning: no row waits for it"
			switch {
			case !asks(one):
			case c.Plan == nil || c.Plan.Waits(one.First[0].Asks):
				kind = ", a warning: held until you accept it"
			case !slices.ContainsFunc(one.First, func(p parse.Problem) bool { return !wrong[p.Line()] }):
				kind = ", a warning beside what is wrong"
			default:
				kind = ", a warning that is accepted"
			}
		}
		t.prose("  ", "    ", fmt.Sprintf("%s (%s%s)", t.paint(colour, one.Title()), report.Counted(one.Rows, "row"), kind))
		texts, more, left := one.First, one.More, one.Unnamed()
		if c.Asking {
			texts = slices.Concat(texts, one.Asked)
			more, left = more[len(one.Asked):], left-len(one.Asked)
		}
		for _, p := range texts {
			t.prose("    ", "      ", p.Error())
		}
		if left > 0 && len(more) > 0 {
			t.prose("    ", "      ", fmt.Sprintf("and %s more: %s", report.Count(left), rowList(more, left)))
		}
	}
}

// asks tells whether a group's rows wait for a person.
func asks(g *report.MendGroup) bool { return len(g.First) > 0 && g.First[0].Asks != "" }

// rowList names rows by their numbers, and tells by an ellipsis that there are more.
func rowList(rows []parse.Line, of int) string {
	names := []string{"rows"}
	if of == 1 {
		names[0] = "row"
	}
	for _, n := range rows {
		names = append(names, parse.Escape(n.String()))
	}
	if len(rows) < of {
		names = append(names, "…")
	}
	return strings.Replace(strings.Join(names, ", "), ", ", " ", 1)
}

// charges prints the estimate of each service and of all that would be sent, the balance after it, and the time it
// takes.
func (t Screen) charges(c Check, r report.Result) {
	currency := parse.Escape(r.Money.Currency)
	t.heading("Estimated charge, of what would be sent")
	send := report.NewResult(c.Batch, c.ToSend)
	if c.ToSend.Rows > 0 {
		t.byService(c, send, currency)
	} else {
		t.say("  nothing would be sent")
	}
	if send.Money.Unknown > 0 {
		t.prose("  ", "    ", report.Counted(send.Money.Unknown, "row")+
			" can't be estimated: what is charged depends on what comes")
	}
	if send.Money.UpTo.Valid {
		t.say("  with the highest of every range: %s", report.Amount(send.Money.UpTo.Decimal, currency))
	}
	if before := r.Money.BalanceBefore; before.Valid {
		t.balance("", before.Decimal, send.Money.Estimated.Decimal, currency)
	}
	for _, p := range send.Panels {
		t.balance(" on "+parse.Escape(p.Panel), p.BalanceBefore.Decimal, p.Estimated, parse.Escape(p.Currency))
	}
	t.heldCharge(c, currency)
	if c.Rate != "" && c.ToSend.Rows > 0 {
		t.say("  time: %s for %s at %s", report.About(c.Time), report.Counted(c.ToSend.Rows, "row"), parse.Escape(c.Rate))
	}
}

// byService prints the estimate of each service and of all.
func (t Screen) byService(c Check, send report.Result, currency string) {
	names := map[string]string{}
	for _, s := range c.Services {
		names[s.Panel+" "+s.ID] = s.Name
	}
	var rows [][]string
	for _, s := range c.ToSend.ByService() {
		id := s.ID
		if send.Panels != nil {
			id = s.Panel + " " + s.ID
		}
		rows = append(rows, []string{id, names[s.Panel+" "+s.ID], report.Count(s.Rows), report.Amount(s.Estimated, "")})
	}
	if send.Money.Estimated.Valid {
		rows = append(rows, []string{"all", "", report.Count(c.ToSend.Rows),
			report.Amount(send.Money.Estimated.Decimal, "")})
	}
	t.Table([]string{"Service", "Name", "Rows", strings.TrimSpace("Estimated " + currency)}, rows)
}

// heldCharge prints what rows would cost that are held.
func (t Screen) heldCharge(c Check, currency string) {
	if c.Plan == nil || !c.Batch.OneCurrency() {
		return
	}
	rows, sum := 0, decimal.Zero
	for _, g := range c.Plan.In(journal.Held) {
		rows, sum = rows+g.Rows, sum.Add(g.Charge)
	}
	if rows > 0 {
		t.prose("  ", "    ", fmt.Sprintf("held: %s, estimated at %s more", report.Counted(rows, "row"),
			report.Amount(sum, currency)))
	}
}

// balance prints what is on an account, and what will be left of it.
func (t Screen) balance(on string, before, estimated decimal.Decimal, currency string) {
	after := before.Sub(estimated)
	line := fmt.Sprintf("balance%s: %s, and an estimated %s after it", on, report.Amount(before, currency),
		report.Amount(after, currency))
	if after.IsNegative() {
		line = t.paint(sgrRed, line+": it is short")
	}
	t.prose("  ", "    ", line)
}

// unknowable tells what a valid row may still fail of.
func (t Screen) unknowable() {
	t.heading("What a check can't know")
	for _, line := range []string{"whether the links exist, are public, and stay so",
		"whether the panel takes the orders: it may refuse a row that looks right",
		"what was ordered for the same links outside this tool",
		"whether prices change: while rows leave, they are looked at every minute or 500 orders"} {
		t.prose("  - ", "    ", line)
	}
}
