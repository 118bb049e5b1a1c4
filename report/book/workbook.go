package book

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// The sheets of the results workbook.
const (
	sheetSummary  = "Summary"
	sheetOrders   = "Orders"
	sheetProblems = "Problems"
	sheetServices = "Services used"
	sheetHistory  = "History"
)

// workbook is the results workbook while it is written. What the Summary tells is added up from the same
// rows that Orders shows, so that the two agree though another process goes on with the batch.
type workbook struct {
	book      Results
	file      *excelize.File
	styles    styles
	columns   report.ResultColumns
	shown     []column // of Orders
	totals    journal.Totals
	estimates map[journal.State]decimal.Decimal // by state as it is told
	back      journal.Sum                       // of orders that ended early: what they were estimated at and not charged
	groups    report.ByMend
	spend     *report.Spending
	names     map[[2]string]string // of services, by panel and id
	toFix     *sheet               // nil until a row needs it
	unsure    bool                 // rows that were refused may have been ordered all the same
	parts     *spliced             // nil: excelize writes all rows
}

// writeWorkbook writes the .xlsx. Orders and To fix are written in one walk over the rows; Problems, which
// begins with their sums, in a second one where there are any.
func (b Results) writeWorkbook(ctx context.Context, to io.Writer) error {
	columns, err := b.columns(ctx)
	if err != nil {
		return err
	}
	w := workbook{
		book:      b,
		file:      excelize.NewFile(),
		columns:   columns,
		spend:     report.NewSpending(b.Batch, b.GroupBy),
		estimates: map[journal.State]decimal.Decimal{},
	}
	// excelize would build the whole zip file in memory before it writes a byte; its own writer stays empty.
	z := &spliced{Writer: newZip(to), rows: map[string]*ownRows{}}
	w.parts = z
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return z })
	defer z.closeRows()
	err = w.fill(ctx)
	if err == nil {
		err = w.file.Write(io.Discard)
	}
	return errors.Join(err, w.file.Close())
}

// newZip compresses at a level that halves the time of compressing, for a file that is a tenth larger.
func newZip(to io.Writer) *zip.Writer {
	z := zip.NewWriter(to)
	z.RegisterCompressor(zip.Deflate, func(part io.Writer) (io.WriteCloser, error) { return flate.NewWriter(part, 2) })
	return z
}

func (w *workbook) fill(ctx context.Context) (err error) {
	if w.styles, err = newStyles(w.file); err != nil {
		return err
	}
	if err := w.file.SetSheetName("Sheet1", sheetSummary); err != nil {
		return err
	}
	for _, write := range []func(context.Context) error{w.writeOrders, w.writeProblems, w.writeSpend, w.writeServices,
		w.writeHistory, w.writeSummary} {
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
	return w.file.SetDocProps(
		&excelize.DocProperties{Title: "Results of batch " + b.ID, Creator: "bulkorder", LastModifiedBy: "bulkorder",
			Created: made.UTC().Format(time.RFC3339), Modified: changed.UTC().Format(time.RFC3339)},
	)
}

// sheet is a sheet that is streamed: its rows can't be changed once they are written.
type sheet struct {
	*excelize.StreamWriter
	file *excelize.File
	rows int      // written so far
	mark string   // stands before what the first cell says; empty: nothing
	own  *ownRows // those that follow; nil: excelize writes them

	widths            []float64 // of the columns, in characters
	repeated, printed int       // columns that stand on each page, and that are printed; 0 of these: all, on one page

	below [][]any // rows that stand below the table, behind a blank one
}

// newSheet begins a sheet for pages of the landscape kind. Its name is new to the workbook.
func (w *workbook) newSheet(name, colour string) (*sheet, error) {
	if _, err := w.file.NewSheet(name); err != nil {
		return nil, err
	}
	return w.streamOf(name, colour)
}

// streamOf begins a sheet that the workbook has already.
func (w *workbook) streamOf(name, colour string) (*sheet, error) {
	// The properties are written when the stream begins; later ones would be lost silently.
	yes := true
	if err := w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes, TabColorRGB: &colour}); err != nil {
		return nil, err
	}
	stream, err := w.file.NewStreamWriter(name)
	return &sheet{StreamWriter: stream, file: w.file, mark: w.mark()}, err
}

// add writes the next row.
func (s *sheet) add(values []any, opts ...excelize.RowOpts) error {
	if s.rows == excelize.TotalRows {
		return fmt.Errorf("a workbook's sheet holds %s rows; write .csv or .jsonl", report.Count(excelize.TotalRows-1))
	}
	if s.rows++; s.rows == 1 && s.mark != "" {
		values = marked(s.mark, values)
	}
	high := s.height(values)
	if s.own != nil {
		return s.own.add(s.rows, values, high)
	}
	if high > 0 && len(opts) == 0 {
		opts = []excelize.RowOpts{{Height: float64(high)}}
	}
	at, err := excelize.CoordinatesToCellName(1, s.rows)
	if err != nil {
		return err
	}
	return s.SetRow(at, values, opts...)
}

// column is a column of a streamed sheet: its name, its width in characters, and the styles of its
// cells and its header.
type column struct {
	name        string
	width       float64
	style, head int
	hidden      bool
}

// lay sets widths and styles; before the first row, or they are lost.
func (s *sheet) lay(columns []column) error {
	var errs []error
	for i, c := range columns {
		s.widths = append(s.widths, c.width)
		errs = append(errs, s.SetColWidth(i+1, i+1, c.width), s.SetColStyle(i+1, i+1, c.style))
		if c.hidden {
			errs = append(errs, s.SetColVisible(i+1, i+1, false))
		}
	}
	return errors.Join(errs...)
}

// head writes the header.
func (s *sheet) head(columns []column) error {
	row := make([]any, len(columns))
	for i, c := range columns {
		row[i] = excelize.Cell{StyleID: c.head, Value: c.name}
	}
	return s.add(row, excelize.RowOpts{Height: 20})
}

// many has the rows that follow, which may be many, written here: plain ones of these columns.
func (w *workbook) many(s *sheet, columns []column) error {
	if w.parts == nil {
		return nil
	}
	var err error
	if s.own, err = newOwnRows(columns); err != nil {
		return err
	}
	for id, name := range w.file.GetSheetMap() {
		if name == s.Sheet {
			w.parts.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", id)] = s.own
		}
	}
	return nil
}

// finish makes a table of the rows from the header on, and ends the sheet.
func (s *sheet) finish(table string, header, columns int) error {
	last, err := excelize.CoordinatesToCellName(columns, max(s.rows, header+1))
	if err != nil {
		return err
	}
	stripes := true
	// The table brings the filter buttons. A filter of the sheet over the same range makes Excel offer a repair.
	if err := s.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", header, last), Name: table,
		StyleName: "TableStyleLight1", ShowRowStripes: &stripes}); err != nil {
		return err
	}
	if len(s.below) > 0 {
		s.below = slices.Insert(s.below, 0, nil)
	}
	for _, row := range s.below {
		if err := s.add(row); err != nil {
			return err
		}
	}
	return errors.Join(s.page(header, columns), s.Flush())
}

// freeze keeps so many columns and rows in sight; before the first row, or it is lost.
func (s *sheet) freeze(columns, rows int) error {
	at, err := excelize.CoordinatesToCellName(columns+1, rows+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if columns > 0 {
		pane = "bottomRight"
	}
	return s.SetPanes(&excelize.Panes{Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: at, ActivePane: pane})
}
