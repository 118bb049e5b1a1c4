package book

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// The Summary's blocks: facts, money and the doughnut on the left, states over statuses in the middle,
// services and their chart on the right. Together they are as wide and as high as one screen.
const (
	factsAt    = 1 // first columns
	statesAt   = 4
	servicesAt = 8
	lastColumn = 13
	blocksFrom = 5 // first row
)

// How much the small tables show; the rest is one line.
const (
	mostStatuses = 8
	mostServices = 10
)

// pad writes single cells of a sheet and keeps the first error.
type pad struct {
	file  *excelize.File
	sheet string
	err   error
}

func (p *pad) do(err error) {
	if p.err == nil {
		p.err = err
	}
}

func (p *pad) put(column, row, style int, value any) {
	at, err := excelize.CoordinatesToCellName(column, row)
	p.do(err)
	p.do(p.file.SetCellStyle(p.sheet, at, at, style))
	if value != nil {
		p.do(p.file.SetCellValue(p.sheet, at, value))
	}
}

// line writes cells side by side, with a style each.
func (p *pad) line(column, row int, styles []int, values ...any) {
	for i, value := range values {
		p.put(column+i, row, styles[i], value)
	}
}

// writeSummary comes last: it tells what the other sheets added up.
func (w *workbook) writeSummary(context.Context) error {
	p := &pad{file: w.file, sheet: sheetSummary}
	shown, fit, colour := false, true, teal
	p.do(w.file.SetSheetView(sheetSummary, 0, &excelize.ViewOptions{ShowGridLines: &shown}))
	p.do(w.file.SetSheetProps(sheetSummary, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &colour}))
	p.do(landscape(w.file, sheetSummary, 1))
	for i, width := range []float64{16, 32, 2.5, 14, 9, 20, 2.5, 10, 36, 10, 10, 20, 20} {
		name, err := excelize.ColumnNumberToName(i + 1)
		p.do(err)
		p.do(w.file.SetColWidth(sheetSummary, name, name, width))
	}
	r := report.NewResult(w.book.Batch, w.totals)
	w.writeTitle(p, r)
	left := w.writeMoney(p, w.writeFacts(p, blocksFrom)+1, r)
	states := w.writeStates(p, blocksFrom)
	w.writeStatuses(p, w.writeFunnel(p, states.end+1)+1)
	services := w.writeSpending(p, blocksFrom)
	if p.err != nil {
		return p.err
	}
	return w.addCharts(left, states, services)
}

// writeTitle writes what a person must know first.
func (w *workbook) writeTitle(p *pad, r report.Result) {
	last, err := excelize.ColumnNumberToName(lastColumn)
	p.do(err)
	title := fmt.Sprintf("Results of batch %s on %s", r.Batch, r.Panel)
	if w.book.Rehearsal {
		title = fmt.Sprintf("%s: what %s would come to on %s", rehearsalMark, r.Sheet, r.Panel)
	}
	p.put(1, 1, w.styles.title, title)
	p.do(w.file.SetRowHeight(sheetSummary, 1, 30))
	p.do(w.file.SetCellStyle(sheetSummary, "A2", last+"2", w.styles.advice))
	p.do(w.file.MergeCell(sheetSummary, "A2", last+"2"))
	advice := r.Advice()
	if w.book.Rehearsal {
		advice = []string{"run the sheet itself: no row of it was ordered."}
	}
	p.do(w.file.SetCellValue(sheetSummary, "A2", "What to do next: "+strings.Join(advice, "\n")))
	p.do(w.file.SetRowHeight(sheetSummary, 2, float64(8+16*len(advice))))
	p.put(
		1,
		3,
		w.styles.note,
		"Written from the journal. What is changed in this workbook is lost when it is written again; the sheet that was "+
			"ordered from stays untouched. All times are UTC.",
	)
}

// writeFacts gives the row after the block.
func (w *workbook) writeFacts(p *pad, row int) int {
	b := w.book.Batch
	p.put(factsAt, row, w.styles.section, "Batch")
	facts := [][2]string{
		{"Panel", report.PanelNames(b)},
		{"Address", b.URL},
		{"Sheet", b.Sheet},
		{"Worksheet", report.Worksheet(b)},
		{"Ordered by", b.By},
		{"Read", report.Utc(b.Created)},
		{"Last begun", report.Utc(b.Started)},
		{"Last ended", report.Utc(b.Ended)},
	}
	for _, f := range facts {
		if f[1] == "" || f[0] == "Address" && len(b.Others) > 0 {
			continue
		}
		row++
		p.line(factsAt, row, []int{w.styles.label, w.styles.value}, f[0], fit(f[1]))
	}
	return row + 1
}

// writeMoney gives the row after the block.
func (w *workbook) writeMoney(p *pad, row int, r report.Result) int {
	if r.Panels != nil {
		return w.writePanels(p, row, r)
	}
	title := "Money"
	if r.Money.Currency != "" {
		title += ", in " + r.Money.Currency
	}
	p.put(factsAt, row, w.styles.section, title)
	say := func(label string, value decimal.Decimal) {
		row++
		p.line(factsAt, row, []int{w.styles.label, w.styles.money}, label, sum(value))
	}
	say("Estimated", r.Money.Estimated.Decimal)
	if r.Money.UpTo.Valid {
		say("… at most", r.Money.UpTo.Decimal)
	}
	say("Charged so far", r.Money.Charged.Decimal)
	if r.Money.GrossRows > 0 { // of orders that gave money back, which the panel doesn't show
		say("… of it gross", r.Money.Gross.Decimal)
		say("… of it net", r.Money.Charged.Decimal.Sub(r.Money.Gross.Decimal))
	}
	if w.back.Rows > 0 {
		say("Given back", w.back.Charge)
	}
	for _, b := range []struct {
		label   string
		balance decimal.NullDecimal
	}{{"Balance before", r.Money.BalanceBefore}, {"Balance after", r.Money.BalanceAfter}} {
		if b.balance.Valid {
			say(b.label, b.balance.Decimal)
		}
	}
	for _, n := range []struct {
		rows  int
		words string
	}{{r.Money.Unknown, "whose charge can't be known beforehand"},
		{r.Money.Uncharged, "placed whose charge the panel hasn't told yet"},
		{w.back.Rows, "ended early: given back is estimated less charged"},
		{r.Money.GrossRows, "gave back what the panel doesn't tell: charged gross"}} {
		if n.rows > 0 {
			row++
			p.put(factsAt, row, w.styles.note, report.Counted(n.rows, "row")+" "+n.words)
		}
	}
	return row + 1
}

// block is a small table that a chart is drawn from: the rows of its data.
type block struct{ first, last, end int }

// writeStates writes the states that rows are in first, then the others, pale.
func (w *workbook) writeStates(p *pad, row int) block {
	p.put(statesAt, row, w.styles.section, "Rows by state")
	row++
	p.line(statesAt, row, []int{w.styles.head, w.styles.headRight, w.styles.headRight}, "State", "Rows", "Estimated")
	b := block{first: row + 1}
	counts := map[journal.State]int{}
	for state, n := range w.totals.States {
		counts[report.Told(state)] += n
	}
	for _, state := range report.States() {
		if counts[state] > 0 {
			row++
			p.line(
				statesAt,
				row,
				[]int{w.stateStyle(p, state), w.styles.count, w.styles.money},
				report.StateWords(state),
				counts[state],
				w.across(w.estimates[state]),
			)
		}
	}
	b.last = row
	for _, state := range report.States() {
		if counts[state] == 0 {
			row++
			p.line(
				statesAt,
				row,
				[]int{w.styles.faintCell, w.styles.faintCount, w.styles.faintCell},
				report.StateWords(state),
				0,
				nil,
			)
		}
	}
	row++
	p.line(statesAt, row, []int{w.styles.total, w.styles.totalCount, w.styles.totalMoney}, "all", w.totals.Rows,
		w.across(w.totals.Valid.Charge))
	b.end = row + 1
	return b
}

// stateStyle is the cell of a state in its colour.
func (w *workbook) stateStyle(p *pad, state journal.State) int {
	l := stateLook(state)
	style, err := w.file.NewStyle(
		&excelize.Style{Font: &excelize.Font{Color: l.ink, Bold: true, Family: "Calibri", Size: 11},
			Fill: excelize.Fill{
				Type:    "pattern",
				Pattern: 1,
				Color:   []string{l.ground},
			}, Border: []excelize.Border{{Type: "bottom", Color: rule, Style: 1}}},
	)
	p.do(err)
	return style
}

func (w *workbook) writeStatuses(p *pad, row int) {
	all := report.StatusesOf(w.totals)
	if len(all) == 0 {
		return
	}
	p.put(statesAt, row, w.styles.section, "Orders by the panel's status")
	row++
	p.line(statesAt, row, []int{w.styles.head, w.styles.headRight, w.styles.headRight}, "Status", "Orders", "Charged")
	say := func(name string, s journal.Sum) {
		row++
		p.line(statesAt, row, []int{w.styles.value, w.styles.count, w.styles.money}, name, s.Rows, w.across(s.Charge))
	}
	var rest journal.Sum
	for i, status := range all {
		s := w.totals.Statuses[status]
		if i >= mostStatuses {
			rest.Rows, rest.Charge = rest.Rows+s.Rows, rest.Charge.Add(s.Charge)
			continue
		}
		say(cmp.Or(fit(status), "not asked yet"), s)
	}
	if rest.Rows > 0 {
		say(report.Counted(len(all)-mostStatuses, "other"), rest)
	}
}

// writeSpending writes the services that most money goes to.
func (w *workbook) writeSpending(p *pad, row int) block {
	all := w.totals.ByService()
	slices.SortStableFunc(all, func(a, b journal.ServiceTotal) int {
		return cmp.Or(b.Charged.Cmp(a.Charged), b.Estimated.Cmp(a.Estimated), cmp.Compare(b.Rows, a.Rows))
	})
	p.put(servicesAt, row, w.styles.section, "Spend by service")
	row++
	p.line(
		servicesAt,
		row,
		[]int{w.styles.head, w.styles.head, w.styles.headRight, w.styles.headRight, w.styles.headRight,
			w.styles.headRight},
		"Service",
		"Name",
		"Rows",
		"Placed",
		"Estimated",
		"Charged",
	)
	b := block{first: row + 1}
	say := func(styles []int, id any, name string, t journal.ServiceTotal) {
		estimated, charged := w.across(t.Estimated), w.across(t.Charged)
		if t.Panel != "" { // of one service, and so in one currency
			estimated, charged = sum(t.Estimated), sum(t.Charged)
		}
		row++
		p.line(servicesAt, row, styles, id, fit(name), t.Rows, t.Placed, estimated, charged)
	}
	plain := []int{w.styles.cell, w.styles.cell, w.styles.count, w.styles.count, w.styles.money, w.styles.money}
	var rest, total journal.ServiceTotal
	for i, t := range all {
		total = added(total, t)
		if i >= mostServices {
			rest = added(rest, t)
			continue
		}
		name := w.names[[2]string{t.Panel, t.ID}]
		if len(w.book.Batch.Others) > 0 {
			name = t.Panel + ": " + name
		}
		say(plain, t.ID, name, t)
	}
	b.last = row
	if n := len(all) - mostServices; n > 0 {
		say(plain, nil, report.Counted(n, "other service")+": see "+sheetServices, rest)
	}
	bold := []int{w.styles.total, w.styles.total, w.styles.totalCount, w.styles.totalCount, w.styles.totalMoney,
		w.styles.totalMoney}
	say(bold, "all", "", total)
	b.end = row + 1
	if w.spend.Column >= 0 {
		p.put(
			servicesAt,
			b.end,
			w.styles.note,
			"By "+w.columns.Headers[w.spend.Column]+": see the sheet "+w.spendSheet(),
		)
		b.end++
	}
	return b
}

func added(a, b journal.ServiceTotal) journal.ServiceTotal {
	return journal.ServiceTotal{
		Rows:      a.Rows + b.Rows,
		Placed:    a.Placed + b.Placed,
		Estimated: a.Estimated.Add(b.Estimated),
		Charged:   a.Charged.Add(b.Charged),
	}
}

// span is a range of the Summary's cells for a chart.
func span(column, first, last int) string {
	name, _ := excelize.ColumnNumberToName(column) // the columns are constants
	return sheetSummary + "!$" + name + "$" + strconv.Itoa(first) + ":$" + name + "$" + strconv.Itoa(last)
}
