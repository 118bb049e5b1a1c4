package terminal

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"bulkorder/parse"
	"bulkorder/report"
)

// Checked tells what a check found: counts, problems by what mends them, money, time, and what a check
// can't know.
func (t Screen) Checked(c Check) {
	r := report.NewResult(c.Batch, c.Totals)
	t.say("%s for %s: %s", t.paint(sgrBold, parse.Escape(c.Batch.Sheet)), parse.Escape(report.PanelNames(c.Batch)),
		report.Counted(c.Totals.Rows, "row"))
	t.states(r.Rows)
	for _, note := range c.Notes {
		t.say("  %s", t.paint(sgrDim, "note: "+parse.Escape(note)))
	}
	t.columns(c.Columns)
	t.planned(c)
	t.held(c.Held)
	t.problems(c.Problems)
	if r.Rows.Valid > 0 {
		t.charges(c, r)
	}
	t.unknowable()
	if !c.Asking {
		t.next(r.Next)
	}
}

// columns prints which column became which field.
func (t Screen) columns(all []report.Column) {
	var rows [][]string
	for _, c := range all {
		rows = append(rows, []string{c.Letter, c.Name, cmp.Or(c.Field, "(carried along)"), c.By})
	}
	if rows != nil {
		t.heading("Columns")
		t.Table([]string{"", "In the sheet", "Taken for", "By"}, rows)
	}
}

// problems prints the groups, and of each the first few rows in full.
func (t Screen) problems(all []parse.Problem) {
	if len(all) == 0 {
		return
	}
	var g report.ByMend
	for _, p := range all {
		g.Add(p)
	}
	t.heading("Problems, by what mends them")
	for _, one := range g.Sorted() {
		colour, kind := sgrRed, ""
		if one.Warning {
			colour, kind = sgrYellow, ", a warning: they are sent all the same"
		}
		t.say("  %s (%s%s)", t.paint(colour, one.Title()), report.Counted(one.Rows, "row"), kind)
		for _, p := range one.First {
			t.say("    %s", p.Error())
		}
		if left := one.Unnamed(); left > 0 && len(one.More) > 0 {
			t.say("    and %s: %s", report.Counted(left, "more row"), rowList(one.More, left))
		}
	}
}

// rowList names rows by their numbers, and tells by an ellipsis that there are more.
func rowList(rows []int, of int) string {
	var names []string
	for _, n := range rows {
		names = append(names, strconv.Itoa(n))
	}
	if len(rows) < of {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// charges prints the estimate of each service and of all, the balance after it, and the time it takes.
func (t Screen) charges(c Check, r report.Result) {
	currency := parse.Escape(r.Money.Currency)
	t.heading("Estimated charge, held rows included")
	names, several := map[string]string{}, r.Panels != nil
	for _, s := range c.Services {
		names[s.Panel+" "+s.ID] = s.Name
	}
	var rows [][]string
	for _, s := range c.Totals.ByService() {
		id := s.ID
		if several {
			id = s.Panel + " " + s.ID
		}
		rows = append(rows, []string{id, names[s.Panel+" "+s.ID], report.Count(s.Rows), report.Amount(s.Estimated, "")})
	}
	if r.Money.Estimated.Valid {
		rows = append(rows, []string{"all", "", report.Count(r.Rows.Valid), report.Amount(r.Money.Estimated.Decimal, "")})
	}
	t.Table([]string{"Service", "Name", "Rows", strings.TrimSpace("Charge " + currency)}, rows)
	if r.Money.Unknown > 0 {
		t.say("  %s can't be estimated, and cost more than that: what they are charged depends on what comes",
			report.Counted(r.Money.Unknown, "row"))
	}
	if r.Money.UpTo.Valid {
		t.say("  with the highest of every range: %s", report.Amount(r.Money.UpTo.Decimal, currency))
	}
	if before := r.Money.BalanceBefore; before.Valid {
		t.balance("", before.Decimal, r.Money.Estimated.Decimal, currency)
	}
	for _, p := range r.Panels {
		t.balance(" on "+parse.Escape(p.Panel), p.BalanceBefore.Decimal, p.Estimated, parse.Escape(p.Currency))
	}
	if c.Rate != "" && r.Rows.Queued > 0 {
		t.say("  time: about %s for %s at %s", report.Lasting(c.Time), report.Counted(r.Rows.Queued, "row"),
			parse.Escape(c.Rate))
	}
}

// balance prints what is on an account, and what will be left of it.
func (t Screen) balance(on string, before, estimated decimal.Decimal, currency string) {
	after := before.Sub(estimated)
	line := fmt.Sprintf("  balance%s: %s, and %s after it", on, report.Amount(before, currency),
		report.Amount(after, currency))
	if after.IsNegative() {
		line = t.paint(sgrRed, line+": it is short")
	}
	t.say("%s", line)
}

// unknowable tells what a valid row may still fail of.
func (t Screen) unknowable() {
	t.heading("What a check can't know")
	for _, line := range []string{"whether the links exist, are public, and stay so",
		"whether the panel takes the orders: it may refuse a row that looks right",
		"what was ordered for the same links outside this tool",
		"whether prices change: while rows leave, they are looked at every minute or 500 orders"} {
		t.say("  - %s", line)
	}
}
