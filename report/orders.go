package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
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
		if err := w.toFix.finish("ToFix", 1, len(w.columns.kept)); err != nil {
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
	w.spend.add(e)
	if estimate, ok := e.Estimate(); ok && e.State != journal.Invalid && e.State != journal.Skipped {
		w.estimates[Told(e.State)] = w.estimates[Told(e.State)].Add(estimate)
	}
	for _, p := range slices.Concat(findings(e), w.cuts(e)) {
		w.groups.add(p)
	}
}

// orderRow fills the row that Orders has for an entry.
func (w *workbook) orderRow(row []any, e journal.Entry) {
	for at, i := range w.columns.kept {
		row[at] = text(cell(e, i))
	}
	v := w.columns.values(e)
	row = row[len(w.columns.kept):]
	for at := range v {
		row[at] = word(v[at])
	}
	row[atCharge], row[atStartCount], row[atRemains] = money(v[atCharge]), text(v[atStartCount]), text(v[atRemains])
	// Times of ours are real dates; those that a skipped row brought along are the sheet's own text.
	if sent := sentAt(e); !sent.IsZero() {
		row[atSentAt] = serial(sent)
	}
	if !e.CheckedAt.IsZero() {
		row[atCheckedAt] = serial(e.CheckedAt)
	}
}

// measured is how many rows are looked at for the columns' widths: those that are seen first.
const measured = 200

// measure finds widths at which the first rows can be read, and the columns that hold numbers.
func (w *workbook) measure(ctx context.Context) error {
	theirs := len(w.columns.kept)
	w.shown = w.orderColumns()
	n := 0
	for e, err := range w.book.Journal.Entries(ctx, w.book.Batch) {
		if err != nil {
			return err
		}
		for at, i := range w.columns.kept {
			c, s := &w.shown[at], cell(e, i)
			c.widen(s, widest)
			if _, number := plainNumber(s); !number && s != "" {
				c.style, c.head = w.styles.left, w.styles.head
			}
		}
		for at, s := range w.columns.values(e) {
			limit := float64(widest)
			if at == atProblem {
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
	c.width = max(c.width, min(float64(columnsOf(line))+3, limit))
}

// orderColumns gives the columns of Orders before any row was seen: the person's as if all were numbers.
func (w *workbook) orderColumns() []column {
	var all []column
	for i, name := range w.columns.all() {
		c := column{name, narrowest, w.styles.number, w.styles.headRight}
		switch i - len(w.columns.kept) {
		case atCharge:
			c.style, c.head = w.styles.charge, w.styles.ourHeadRight
		case atStartCount, atRemains:
			c.style, c.head = w.styles.number, w.styles.ourHeadRight
		case atOrderID:
			c.style, c.head = w.styles.text, w.styles.ourHead
		case atSentAt, atCheckedAt:
			c.style, c.head = w.styles.when, w.styles.ourHead
		default:
			if i >= len(w.columns.kept) {
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
	for _, state := range States() {
		looks[string(state)] = stateLook(state)
		order = append(order, string(state))
	}
	if err := w.colour(s, atState, looks, order); err != nil {
		return err
	}
	looks, order = map[string]look{}, nil
	for _, status := range statuses(w.totals) {
		if status != "" && len(status) < 100 && len(order) < mostBadges {
			looks[status] = standingLook(journal.StandingOf(status))
			order = append(order, status)
		}
	}
	return w.colour(s, atStatus, looks, order)
}

func (w *workbook) colour(s *sheet, ours int, looks map[string]look, order []string) error {
	formats, err := badges(w.file, looks, order)
	if err != nil || len(formats) == 0 {
		return err
	}
	column, err := excelize.ColumnNumberToName(len(w.columns.kept) + 1 + ours)
	if err != nil {
		return err
	}
	return w.file.SetConditionalFormat(s.Sheet, fmt.Sprintf("%s2:%s%d", column, column, max(s.rows, 2)), formats)
}

// fixRow copies a row that was not placed, in the sheet's own layout. Rows in doubt are left out: to send
// them again could order them twice; so are queued ones: resuming sends them.
func (w *workbook) fixRow(e journal.Entry) error {
	if e.State != journal.Invalid && e.State != journal.Refused && e.State != journal.Held || len(w.columns.kept) == 0 {
		return nil
	}
	if w.toFix == nil {
		// Problems stands before it, and is written later. excelize can't move a sheet once one of more than
		// 16 MB was streamed: it panics.
		if _, err := w.file.NewSheet(sheetProblems); err != nil {
			return err
		}
		s, err := w.newSheet(sheetToFix, amber)
		if err != nil {
			return err
		}
		w.toFix = s
		theirs := w.shown[:len(w.columns.kept)]
		if err := errors.Join(s.freeze(), s.lay(theirs), s.head(theirs)); err != nil {
			return err
		}
	}
	row := make([]any, len(w.columns.kept))
	for at, i := range w.columns.kept {
		row[at] = text(cell(e, i))
	}
	for _, p := range e.Problems {
		if at, found := w.place(e, p); found && !p.Warning {
			style := w.styles.wrong
			if w.shown[at].style == w.styles.number {
				style = w.styles.wrongNumber
			}
			row[at] = excelize.Cell{StyleID: style, Value: text(cell(e, w.columns.kept[at]))}
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
	for i := min(n, len(w.columns.headers)) - 1; i >= 0; i-- {
		if strings.TrimSpace(cell(e, i)) == p.Found {
			at := slices.Index(w.columns.kept, i)
			return at, at >= 0
		}
		if p.Found == "" {
			break
		}
	}
	return 0, false
}
