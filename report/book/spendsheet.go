package book

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/report"
)

// spendSheet is the name of the sheet that tells the spending by a column, as spreadsheets allow names.
func (w *workbook) spendSheet() string {
	header := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, w.columns.Headers[w.spend.Column])
	name := []rune("Spend by " + strings.Join(strings.Fields(header), " "))
	if len(name) > excelize.MaxSheetNameLength {
		name = name[:excelize.MaxSheetNameLength]
	}
	return strings.TrimSpace(string(name))
}

// writeSpend writes what was spent on each client, or by what else the rows are grouped, and draws it.
func (w *workbook) writeSpend(context.Context) error {
	if w.spend.Column < 0 {
		return nil
	}
	all := w.spend.Sorted()
	columns := w.spendColumns()
	for _, g := range all {
		columns[0].widen(g.Name, widest)
	}
	// Amounts of several currencies can't stand on one axis: the first currency is drawn.
	drawn := 0
	for drawn < len(all) && all[drawn].Currency == all[0].Currency {
		drawn++
	}
	return list[report.Group]{
		name:    w.spendSheet(),
		colour:  green,
		table:   "Spend",
		columns: columns,
		rows:    each(all),
		totals:  w.spendTotals(all),
		before: func(s *sheet) error {
			if drawn == 0 {
				return nil
			}
			if err := w.file.AddChart(s.Sheet, "I2", w.groupChart(s.Sheet, all[:drawn])); err != nil {
				return fmt.Errorf("drawing the spending: %w", err)
			}
			return nil
		},
	}.write(w)
}

// spendTotals adds the groups up, by currency.
func (w *workbook) spendTotals(groups []report.Group) (rows [][]any) {
	if len(groups) < 2 {
		return nil
	}
	count := func(n int) any { return excelize.Cell{StyleID: w.styles.totalCount, Value: n} }
	amount := func(d decimal.Decimal) any { return excelize.Cell{StyleID: w.styles.totalMoney, Value: sum(d)} }
	words := func(s string) any { return excelize.Cell{StyleID: w.styles.total, Value: s} }
	for _, t := range report.Totals(groups) {
		rows = append(rows, []any{words("all"), count(t.Rows), count(t.Placed), count(t.InDoubt), amount(t.Estimated),
			amount(t.Charged), words(t.Currency)})
	}
	return rows
}

func (w *workbook) spendColumns() []listColumn[report.Group] {
	type group = report.Group
	s := w.styles
	all := []listColumn[group]{
		{s.words("", 24), func(g group) any { return word(g.Name) }},
		{s.numbers("Rows", 10), func(g group) any { return g.Rows }},
		{s.numbers("Placed", 11), func(g group) any { return g.Placed }},
		{s.numbers("In doubt", 12), func(g group) any { return g.InDoubt }},
		{s.amounts("Estimated", 16), func(g group) any { return sum(g.Estimated) }},
		{s.amounts("Charged", 16), func(g group) any { return sum(g.Charged) }},
		{s.words("Currency", 12), func(g group) any { return word(g.Currency) }},
	}
	taken := map[string]bool{}
	for _, c := range all[1:] {
		report.FreeName(c.name, taken)
	}
	all[0].name = report.FreeName(w.columns.Headers[w.spend.Column], taken)
	all[0].widen(all[0].name+" ▾ ", widest)
	all[len(all)-1].style = s.apart
	return all
}

// groupChart draws the groups, which are the first rows of the sheet, as bars, the first on top.
func (w *workbook) groupChart(sheet string, groups []report.Group) *excelize.Chart {
	rows, currency := len(groups), groups[0].Currency
	var most decimal.Decimal
	for _, g := range groups {
		most = decimal.Max(most, g.Estimated, g.Charged)
	}
	bars := func(name, letter, colour string) excelize.ChartSeries {
		at := func(letter string) string {
			return fmt.Sprintf("%s!$%s$2:$%s$%d", quotedSheet(sheet), letter, letter, rows+1)
		}
		return excelize.ChartSeries{
			Name:       `"` + name + `"`,
			Categories: at("A"),
			Values:     at(letter),
			Fill:       solid(colour),
			DataLabel:  excelize.ChartDataLabel{Font: excelize.Font{Size: 8, Color: ink}},
		}
	}
	unit := "Money"
	if currency != "" {
		unit = currency
	}
	gap := uint(50)
	return &excelize.Chart{
		Type:     excelize.Bar,
		Series:   []excelize.ChartSeries{bars("Estimated", "E", "CBD5E1"), bars("Charged", "F", teal)},
		Title:    chartTitle(strings.TrimSpace(w.spendSheet() + ", " + unit)),
		Legend:   excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Size: 9, Color: ink}},
		PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: spendLabels(most)}},
		XAxis:    excelize.ChartAxis{ReverseOrder: true, Font: excelize.Font{Size: 9, Color: ink}},
		YAxis: excelize.ChartAxis{MajorGridLines: true, Font: excelize.Font{Size: 9, Color: faint},
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: `#,##0.##`}},
		GapWidth:  &gap,
		Dimension: excelize.ChartDimension{Width: 620, Height: uint(150 + 34*rows)},
		Format: excelize.GraphicOptions{
			AltText:     "Bars of the money estimated and charged by group; the table beside it has the numbers",
			Positioning: "oneCell",
		},
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
}
