package book

import (
	"github.com/shopspring/decimal"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// addBack counts what an order that ended early gave back: what it was estimated at and isn't charged. What a panel
// goes on charging in full isn't known.
func (w *workbook) addBack(e journal.Entry) {
	standing := journal.StandingOf(e.Status)
	estimate, exact := e.Estimate()
	if e.State != journal.Placed || !exact || !e.Charge.Valid || e.Gross() ||
		standing != journal.Partly && standing != journal.Failed {
		return
	}
	w.back.Rows++
	w.back.Charge = w.back.Charge.Add(decimal.Max(estimate.Sub(e.Charge.Decimal), decimal.Zero))
}

// step is a line of the funnel: a sum of rows, or a part of the sum above it.
type step struct {
	name    string
	rows    int
	part    bool
	charged decimal.NullDecimal // not valid: nothing can be charged for these
}

// funnel tells where the rows went, from the sheet to what was delivered. Parts and the next sum add up to the sum
// above them.
func funnel(t journal.Totals) []step {
	s := t.States
	doubt := s[journal.InDoubt] + s[journal.Sending]
	sent := s[journal.Placed] + s[journal.Refused] + doubt
	steps := []step{{name: "Rows", rows: t.Rows}}
	for _, state := range report.States() {
		switch state {
		case journal.Invalid, journal.Skipped, journal.Held, journal.Queued:
			steps = append(steps, step{name: report.StateWords(state), rows: s[state], part: true})
		}
	}
	steps = append(steps, step{name: "Sent", rows: sent},
		step{name: report.StateWords(journal.Refused), rows: s[journal.Refused], part: true},
		step{name: report.StateWords(journal.InDoubt), rows: doubt, part: true},
		step{name: "Accepted", rows: s[journal.Placed], charged: decimal.NewNullDecimal(t.Charged)})
	return append(steps, endings(t)...)
}

// endings are the accepted orders by what their statuses mean.
func endings(t journal.Totals) (steps []step) {
	by := map[journal.Standing]journal.Sum{}
	for status, sum := range t.Statuses {
		standing := journal.StandingOf(status)
		if standing == journal.Waiting {
			standing = journal.Working
		}
		all := by[standing]
		by[standing] = journal.Sum{Rows: all.Rows + sum.Rows, Charge: all.Charge.Add(sum.Charge)}
	}
	for _, e := range []struct {
		standing journal.Standing
		name     string
	}{
		{journal.Working, "at work"},
		{journal.Done, "completed"},
		{journal.Partly, "partly"},
		{journal.Failed, "cancelled"},
		{journal.Unclear, "not known"},
	} {
		steps = append(steps, step{e.name, by[e.standing].Rows, true, decimal.NewNullDecimal(by[e.standing].Charge)})
	}
	return steps
}

// writeFunnel gives the row after the block.
func (w *workbook) writeFunnel(p *pad, row int) int {
	p.put(statesAt, row, w.styles.section, "From the sheet to what was delivered")
	row++
	p.line(statesAt, row, []int{w.styles.head, w.styles.headRight, w.styles.headRight}, "Step", "Rows", "Charged")
	for _, s := range funnel(w.totals) {
		row++
		name, styles := s.name, []int{w.styles.total, w.styles.totalCount, w.styles.totalMoney}
		switch {
		case s.part && s.rows == 0:
			styles = []int{w.styles.faintCell, w.styles.faintCount, w.styles.faintCell}
		case s.part:
			styles = []int{w.styles.cell, w.styles.count, w.styles.money}
		}
		if s.part {
			name = "   " + name
		}
		var charged any
		if s.charged.Valid && s.rows > 0 {
			charged = w.across(s.charged.Decimal)
		}
		p.line(statesAt, row, styles, name, s.rows, charged)
	}
	return row + 1
}
