package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// The sheets of the results workbook.
const (
	sheetSummary  = "Summary"
	sheetOrders   = "Orders"
	sheetProblems = "Problems"
	sheetToFix    = "To fix"
	sheetServices = "Services used"
)

// workbook is the results workbook while it is written. What the Summary tells is added up from the same
// rows that Orders shows, so that the two agree though another process goes on with the batch.
type workbook struct {
	book      Book
	file      *excelize.File
	styles    styles
	columns   columns
	shape     []shape // of all columns of Orders
	totals    journal.Totals
	estimates map[journal.State]decimal.Decimal // by state as it is told
	groups    groups
	names     map[string]string // of services, by id
	toFix     *sheet            // nil until a row needs it
}

// writeWorkbook writes the .xlsx. Orders and To fix are written in one walk over the rows; Problems, which
// begins with their sums, in a second one where there are any.
func (b Book) writeWorkbook(ctx context.Context, to io.Writer) error {
	w := workbook{book: b, file: excelize.NewFile(), columns: newColumns(b.Batch.Columns), estimates: map[journal.State]decimal.Decimal{}}
	w.file.SetZipWriter(into(to))
	err := w.fill(ctx)
	if err == nil {
		err = w.file.Write(io.Discard) // the zip writer has the real one
	}
	return errors.Join(err, w.file.Close())
}

func (w *workbook) fill(ctx context.Context) (err error) {
	if w.styles, err = newStyles(w.file); err != nil {
		return err
	}
	if err := w.file.SetSheetName("Sheet1", sheetSummary); err != nil {
		return err
	}
	for _, write := range []func(context.Context) error{w.writeOrders, w.writeProblems, w.writeServices, w.writeSummary} {
		if err := write(ctx); err != nil {
			return err
		}
	}
	b := w.book.Batch
	made, changed := b.Created, b.Created
	for _, t := range []time.Time{b.Started, b.Ended} {
		if t.After(changed) {
			changed = t
		}
	}
	w.file.SetActiveSheet(0)
	return w.file.SetDocProps(&excelize.DocProperties{Title: "Results of batch " + b.ID, Creator: "bulkorder", LastModifiedBy: "bulkorder",
		Created: made.UTC().Format(time.RFC3339), Modified: changed.UTC().Format(time.RFC3339)})
}

// sheet is a sheet that is streamed: its rows can't be changed once they are written.
type sheet struct {
	*excelize.StreamWriter
	file *excelize.File
	rows int // written so far
}

// newSheet begins a sheet for pages of the landscape kind. Its name is new to the workbook.
func (w *workbook) newSheet(name, colour string) (*sheet, error) {
	if _, err := w.file.NewSheet(name); err != nil {
		return nil, err
	}
	// The properties are written when the stream begins; later ones would be lost silently.
	yes := true
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &colour}); err != nil {
		return nil, err
	}
	stream, err := w.file.NewStreamWriter(name)
	return &sheet{StreamWriter: stream, file: w.file}, err
}

// add writes the next row.
func (s *sheet) add(values []any, opts ...excelize.RowOpts) error {
	if s.rows == excelize.TotalRows {
		return fmt.Errorf("a workbook's sheet holds %s rows; write .csv or .jsonl", count(excelize.TotalRows-1))
	}
	s.rows++
	at, err := excelize.CoordinatesToCellName(1, s.rows)
	if err != nil {
		return err
	}
	return s.SetRow(at, values, opts...)
}

// head writes the header, each name in its style; one style stands for all where there is no second.
func (s *sheet) head(names []string, styles ...int) error {
	row := make([]any, len(names))
	for i, name := range names {
		row[i] = excelize.Cell{StyleID: styles[min(i, len(styles)-1)], Value: name}
	}
	return s.add(row, excelize.RowOpts{Height: 20})
}

// finish makes a table of the rows from the header on, and ends the sheet.
func (s *sheet) finish(table string, header, columns int) error {
	last, err := excelize.CoordinatesToCellName(columns, max(s.rows, header+1))
	if err != nil {
		return err
	}
	stripes := true
	// The table brings the filter buttons. A filter of the sheet over the same range makes Excel offer a repair.
	if err := s.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", header, last), Name: table, StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
		return err
	}
	if err := landscape(s.file, s.Sheet); err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(s.Sheet, "'", "''") + "'"
	err = s.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, header, header), Scope: s.Sheet})
	return errors.Join(err, s.Flush())
}

// landscape lets the sheet's pages be as wide as the sheet.
func landscape(f *excelize.File, sheet string) error {
	across, wide, high, a4 := "landscape", 1, 0, 9
	err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &across, FitToWidth: &wide, FitToHeight: &high, Size: &a4})
	narrow := 0.4
	return errors.Join(err, f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &narrow, Bottom: &narrow}))
}

// shape is how a column looks: how wide it is, and whether it holds numbers.
type shape struct {
	width   float64
	numbers bool
}

// lay sets widths and styles of the person's columns and ours; before the first row, or they are lost.
func (w *workbook) lay(s *sheet, shapes []shape) error {
	var errs []error
	for i, c := range shapes {
		style := w.styles.left
		if c.numbers {
			style = w.styles.number
		}
		errs = append(errs, s.SetColWidth(i+1, i+1, c.width), s.SetColStyle(i+1, i+1, style))
	}
	return errors.Join(errs...)
}

// heads gives the styles of the headers over such columns.
func (w *workbook) heads(shapes []shape) []int {
	styles := make([]int, len(shapes))
	for i, c := range shapes {
		ourOwn := i >= len(w.columns.kept)
		switch {
		case ourOwn && c.numbers:
			styles[i] = w.styles.ourHeadRight
		case ourOwn:
			styles[i] = w.styles.ourHead
		case c.numbers:
			styles[i] = w.styles.headRight
		default:
			styles[i] = w.styles.head
		}
	}
	return styles
}

// setWidths sets widths from the first column on; before the first row, or they are lost.
func (s *sheet) setWidths(widths []float64) error {
	for i, width := range widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return nil
}

// freeze keeps the header in sight; before the first row, or it is lost.
func (s *sheet) freeze() error {
	return s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// text gives what a cell holds for a text: nothing, a number that shows as exactly the text, or the text.
// Strings are never formulas, whatever they begin with.
func text(s string) any {
	if s == "" {
		return nil
	}
	if f, is := plainNumber(s); is {
		return f
	}
	return fit(s)
}

// word gives a cell that is text even where it looks like a number: ids are names.
func word(s string) any {
	if s == "" {
		return nil
	}
	return fit(s)
}

// money gives exact money as a number where a spreadsheet can hold it exactly, as text otherwise.
func money(s string) any {
	if f, is := moneyNumber(s); is {
		return f
	}
	return word(s)
}

// sum gives a sum of money as a number: charts and formulas pass text over. A spreadsheet keeps 15 digits
// of it; every digit is in the rows of Orders, in .csv and in .jsonl.
func sum(d decimal.Decimal) any { return d.InexactFloat64() }

// serial is a time as spreadsheets count: days since the end of 1899, in UTC.
func serial(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return float64(t.UnixMilli())/float64(24*time.Hour/time.Millisecond) + 25569
}

// cutNote ends a cell that didn't fit; tooLong says how much fits: UTF-16 units, as Excel counts.
const cutNote = " … [cut here: a cell holds 32,767 characters]"

func tooLong(s string) bool {
	return len(s) > excelize.TotalCellChars && len(utf16.Encode([]rune(s))) > excelize.TotalCellChars
}

// fit cuts what a cell can't hold, in sight: excelize cuts silently.
func fit(s string) string {
	if !tooLong(s) {
		return s
	}
	room := excelize.TotalCellChars - utf8.RuneCountInString(cutNote)
	for i, r := range s {
		if room -= utf16.RuneLen(r); room < 0 {
			return s[:i] + cutNote
		}
	}
	return s
}

// cuts warns of the cells of a row that a workbook can't hold whole.
func (w *workbook) cuts(e journal.Entry) []parse.Problem {
	var all []parse.Problem
	for _, i := range w.columns.kept {
		if tooLong(cell(e, i)) {
			all = append(all, parse.Problem{Row: e.Line, Field: w.columns.headers[i], Rule: "cell-cut", Warning: true,
				Wrong: "is longer than a workbook's cell and is cut in this file", Mend: "write the results as .csv or .jsonl to see all of it"})
		}
	}
	return all
}

// formulaText writes text inside a formula.
func formulaText(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
