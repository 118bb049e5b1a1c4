package book

import (
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// addCharts draws the spending under the table of services, and the states under the block on the left,
// which ends at row left.
func (w *workbook) addCharts(left int, states, services block) error {
	if states.last >= states.first {
		if err := w.file.AddChart(sheetSummary, "A"+strconv.Itoa(left+1), w.statesChart(states)); err != nil {
			return fmt.Errorf("drawing the states: %w", err)
		}
	}
	if services.last >= services.first && w.book.Batch.OneCurrency() {
		if err := w.file.AddChart(sheetSummary, "H"+strconv.Itoa(services.end+1), w.spendChart(services)); err != nil {
			return fmt.Errorf("drawing the spending: %w", err)
		}
	}
	return nil
}

// Sizes in pixels: as wide as the columns they stand under.
const (
	statesWidth, statesHeight = 345, 250
	spendWidth, spendHeight   = 705, 340
)

// mostLabelled is how many services have their amounts above the columns: those of more lie over each other.
const mostLabelled = 6

// spendLabels writes amounts as short as columns are narrow, and leaves nothing over a column that isn't there.
func spendLabels(most decimal.Decimal) string {
	if most.GreaterThanOrEqual(decimal.NewFromInt(10_000)) {
		return `[>=1000]#,##0,"k";[>0]0;""`
	}
	return `[>=10]#,##0;[>0]0.00;""`
}

func (w *workbook) statesChart(b block) *excelize.Chart {
	var points []excelize.ChartDataPoint
	for _, state := range report.States() {
		n := w.totals.States[state]
		if state == journal.InDoubt {
			n += w.totals.States[journal.Sending]
		}
		if n > 0 {
			points = append(points, excelize.ChartDataPoint{Index: len(points), Fill: solid(stateLook(state).chart)})
		}
	}
	return &excelize.Chart{
		Type: excelize.Doughnut,
		Series: []excelize.ChartSeries{
			{Name: `"Rows"`, Categories: span(statesAt, b.first, b.last), Values: span(statesAt+1, b.first, b.last),
				DataPoint: points, DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Bold: true, Color: "FFFFFF", Size: 9}}},
		},
		Title:     chartTitle("Rows by state"),
		Legend:    excelize.ChartLegend{Position: "right", Font: &excelize.Font{Size: 9, Color: ink}},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		HoleSize:  55,
		Dimension: excelize.ChartDimension{Width: statesWidth, Height: statesHeight},
		Format: excelize.GraphicOptions{
			AltText:     "A doughnut of the rows by state; the table beside it has the numbers",
			Positioning: "oneCell",
		},
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
}

func (w *workbook) spendChart(b block) *excelize.Chart {
	unit := "Money"
	if c := w.book.Batch.Currency; c != "" {
		unit = c
	}
	names := servicesAt
	if len(w.book.Batch.Others) > 0 {
		names++ // an id means a service on its panel only
	}
	column := func(name string, at int, colour string) excelize.ChartSeries {
		return excelize.ChartSeries{
			Name:       `"` + name + `"`,
			Categories: span(names, b.first, b.last),
			Values:     span(servicesAt+at, b.first, b.last),
			Fill:       solid(colour),
			DataLabel:  excelize.ChartDataLabel{Font: excelize.Font{Size: 8, Color: ink}},
		}
	}
	var most decimal.Decimal
	for _, t := range w.totals.ByService() {
		most = decimal.Max(most, t.Estimated, t.Charged)
	}
	gap := uint(60)
	return &excelize.Chart{
		Type:   excelize.Col,
		Series: []excelize.ChartSeries{column("Estimated", 4, "CBD5E1"), column("Charged", 5, teal)},
		Title:  chartTitle("Spend by service"),
		Legend: excelize.ChartLegend{Position: "bottom", Font: &excelize.Font{Size: 9, Color: ink}},
		PlotArea: excelize.ChartPlotArea{ShowVal: b.last-b.first < mostLabelled,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: spendLabels(most)}},
		XAxis: excelize.ChartAxis{Title: axisTitle("Service"), Font: excelize.Font{Size: 9, Color: ink}},
		YAxis: excelize.ChartAxis{
			Title:          axisTitle(unit),
			MajorGridLines: true,
			Font:           excelize.Font{Size: 9, Color: faint},
			NumFmt:         excelize.ChartNumFmt{CustomNumFmt: `#,##0.##`},
		},
		GapWidth:  &gap,
		Dimension: excelize.ChartDimension{Width: spendWidth, Height: spendHeight},
		Format: excelize.GraphicOptions{
			AltText:     "Columns of the money estimated and charged by service; the table above has the numbers",
			Positioning: "oneCell",
		},
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func chartTitle(text string) excelize.ChartTitle {
	return excelize.ChartTitle{
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Bold: true, Size: 12, Color: slate}}},
	}
}

func axisTitle(text string) excelize.ChartTitle {
	return excelize.ChartTitle{
		Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Size: 9, Color: faint}}},
	}
}
