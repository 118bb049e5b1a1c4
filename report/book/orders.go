package book

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// writeOrders writes every row once, and beside it the rows that were not placed, to be corrected.
func (w *workbook) writeOrders(ctx context.Context) error {
	if err := w.measure(ctx); err != nil {
		return err
	}
	s, err := w.newSheet(sheetOrders, slate)
	if err != nil {
		return err
	}
	if err := errors.Join(s.freeze(), s.lay(w.shown), s.head(w.shown)); err != nil {
		return err
	}
	row := make([]any, len(w.shown))
	for e, err := range w.book.Journal.Entries(ctx, w.book.Batch) {
		if err != nil {
			return err
		}
		w.tally(e)
		w.orderRow(row, e)
		if err := errors.Join(s.add(row), w.fixRow(e)); err != nil {
			return err
		}
	}
	if w.toFix != nil {
		if err := w.toFix.finish("ToFix", 1, len(w.columns.Kept)); err != nil {
			return err
		}
	}
	if err := w.colourOrders(s); err != nil {
		return err
	}
	return s.finish("Orders", 1, len(w.shown))
}

// tally adds a row to what the other sheets tell.
func (w *workbook) tally(e journal.Entry) {
	w.totals.Add(e, 1)
	w.spend.Add(e)
	if estimate, ok := e.Estimate(); ok && e.State != journal.Invalid && e.State != journal.Skipped {
		w.estimates[report.Told(e.State)] = w.estimates[report.Told(e.State)].Add(estimate)
	}
	for _, p := range slices.Concat(report.ProblemsOf(e), w.cuts(e)) {
		w.groups.Add(p)
	}
}

// orderRow fills the row that Orders has for an entry.
func (w *workbook) orderRow(row []any, e journal.Entry) {
	for at, i := range w.columns.Kept {
		row[at] = text(report.Cell(e, i))
	}
	v := w.columns.Values(e)
	row = row[len(w.columns.Kept):]
	for at := range v {
		row[at] = word(v[at])
	}
	row[report.AtCharge], row[report.AtStartCount], row[report.AtRemains] = money(v[report.AtCharge]), text(v[report.AtStartCount]), text(v[report.AtRemains])
	// Times of ours are real dates; those that a skipped row brought along are the sheet's own text.
	if sent := report.SentAt(e); !sent.IsZero() {
		row[report.AtSentAt] = serial(sent)
	}
	if !e.CheckedAt.IsZero() {
		row[report.AtCheckedAt] = serial(e.CheckedAt)
	}
}

// measured is how many rows are looked at for the columns' widths: those that are seen first.
const measured = 200

// measure finds widths at which the first rows can be read, and the columns that hold numbers.
func (w *workbook) measure(ctx context.Context) error {
	theirs := len(w.columns.Kept)
	w.shown = w.orderColumns()
	n := 0
	for e, err := range w.book.Journal.Entries(ctx, w.book.Batch) {
		if err != nil {
			return err
		}
		for at, i := range w.columns.Kept {
			c, s := &w.shown[at], report.Cell(e, i)
			c.widen(s, widest)
			if _, number := report.PlainNumber(s); !number && s != "" {
				c.style, c.head = w.styles.left, w.styles.head
			}
		}
		for at, s := range w.columns.Values(e) {
			limit := float64(widest)
			if at == report.AtProblem {
				limit = widestProblem
			}
			w.shown[theirs+at].widen(s, limit)
		}
		if n++; n == measured {
			break
		}
	}
	return nil
}

// Widths of columns in characters.
const (
	narrowest     = 9
	widest        = 46
	widestProblem = 72
)

// widen lets a text fit, up to a limit.
func (c *column) widen(s string, limit float64) {
	line, _, _ := strings.Cut(s, "\n")
	c.width = max(c.width, min(float64(report.Width(line))+3, limit))
}

// orderColumns gives the columns of Orders before any row was seen: the person's as if all were numbers.
func (w *workbook) orderColumns() []column {
	var all []column
	for i, name := range w.columns.All() {
		c := column{name, narrowest, w.styles.number, w.styles.headRight}
		switch i - len(w.columns.Kept) {
		case report.AtCharge:
			c.style, c.head = w.styles.charge, w.styles.ourHeadRight
		case report.AtStartCount, report.AtRemains:
			c.style, c.head = w.styles.number, w.styles.ourHeadRight
		case report.AtOrderID:
			c.style, c.head = w.styles.text, w.styles.ourHead
		case report.AtSentAt, report.AtCheckedAt:
			c.style, c.head = w.styles.when, w.styles.ourHead
		default:
			if i >= len(w.columns.Kept) {
				c.style, c.head = w.styles.left, w.styles.ourHead
			}
		}
		c.widen(name+" ▾ ", widest)
		all = append(all, c)
	}
	return all
}

// mostBadges is how many statuses are coloured; a panel's set of them is open.
const mostBadges = 30

// colourOrders colours states and statuses by what they are.
func (w *workbook) colourOrders(s *sheet) error {
	looks, order := map[string]look{}, []string{}
	for _, state := range report.States() {
		looks[string(state)] = stateLook(state)
		order = append(order, string(state))
	}
	if err := w.colour(s, report.AtState, looks, order); err != nil {
		return err
	}
	looks, order = map[string]look{}, nil
	for _, status := range report.StatusesOf(w.totals) {
		if status != "" && len(status) < 100 && len(order) < mostBadges {
			looks[status] = standingLook(journal.StandingOf(status))
			order = append(order, status)
		}
	}
	return w.colour(s, report.AtStatus, looks, order)
}

func (w *workbook) colour(s *sheet, ours int, looks map[string]look, order []string) error {
	formats, err := badges(w.file, looks, order)
	if err != nil || len(formats) == 0 {
		return err
	}
	column, err := excelize.ColumnNumberToName(len(w.columns.Kept) + 1 + ours)
	if err != nil {
		return err
	}
	return w.file.SetConditionalFormat(s.Sheet, fmt.Sprintf("%s2:%s%d", column, column, max(s.rows, 2)), formats)
}

// fixRow copies a row that was not placed, in the sheet's own layout. Rows in doubt are left out: to send
// them again could order them twice; so are queued ones: resuming sends them.
func (w *workbook) fixRow(e journal.Entry) error {
	if e.State != journal.Invalid && e.State != journal.Refused && e.State != journal.Held || len(w.columns.Kept) == 0 {
		return nil
	}
	if w.toFix == nil {
		// Problems stands before it, and is written later. excelize can't move a sheet once one of more than
		// 16 MB was streamed: it panics.
		if _, err := w.file.NewSheet(sheetProblems); err != nil {
			return err
		}
		s, err := w.newSheet(report.SheetToFix, amber)
		if err != nil {
			return err
		}
		w.toFix = s
		theirs := w.shown[:len(w.columns.Kept)]
		if err := errors.Join(s.freeze(), s.lay(theirs), s.head(theirs)); err != nil {
			return err
		}
	}
	row := make([]any, len(w.columns.Kept))
	for at, i := range w.columns.Kept {
		row[at] = text(report.Cell(e, i))
	}
	for _, p := range e.Problems {
		if at, found := w.place(e, p); found && !p.Warning {
			style := w.styles.wrong
			if w.shown[at].style == w.styles.number {
				style = w.styles.wrongNumber
			}
			row[at] = excelize.Cell{StyleID: style, Value: text(report.Cell(e, w.columns.Kept[at]))}
		}
	}
	return w.toFix.add(row)
}

// place finds the copied column in which a problem stands. The journal doesn't know in which column of
// the person's sheet the header began, so the column's letter counts only where the cell holds what was
// found, or is as blank as it was; otherwise the cell is known by what was found.
func (w *workbook) place(e journal.Entry, p parse.Problem) (at int, found bool) {
	n, err := excelize.ColumnNameToNumber(p.Column)
	if err != nil {
		return 0, false
	}
	for i := min(n, len(w.columns.Headers)) - 1; i >= 0; i-- {
		if strings.TrimSpace(report.Cell(e, i)) == p.Found {
			at := slices.Index(w.columns.Kept, i)
			return at, at >= 0
		}
		if p.Found == "" {
			break
		}
	}
	return 0, false
}
