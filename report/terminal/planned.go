package terminal

import (
	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// planned prints rows as they would be ordered, and how many more there are.
func (t Screen) planned(c Check) {
	if len(c.Rows) == 0 {
		return
	}
	several := len(c.Batch.Others) > 0
	head := []string{"Row", "Service", "Link", "Quantity", "Charge"}
	if several {
		head = append(head, "Panel")
	}
	var rows [][]string
	for _, p := range c.Rows {
		charge := ""
		if p.Estimated.Valid {
			charge = report.Amount(p.Estimated.Decimal, "")
		}
		row := []string{report.Count(p.Row), p.Service, p.Link, p.Quantity, charge}
		if several {
			row = append(row, p.Panel)
		}
		rows = append(rows, row)
	}
	t.heading("What would be ordered")
	t.Table(head, rows)
	if more := c.Totals.States[journal.Queued] - len(c.Rows); more > 0 {
		t.say("  and %s; --rows lists them all", report.Counted(more, "more row"))
	}
}

// held prints why rows are held.
func (t Screen) held(all report.HeldGroups) {
	if len(all) == 0 {
		return
	}
	t.heading("Held, and not sent until you say so")
	for _, h := range all {
		t.say("  %s: %s", t.paint(sgrYellow, report.Counted(h.Rows, "row")), parse.Escape(h.Title()))
		if h.First.Why != "" {
			t.say("    row %d: %s", h.First.Row, h.First.Why)
		}
	}
}
