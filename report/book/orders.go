package book

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
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
	totals, err := w.book.Journal.Totals(ctx, w.book.Batch)
	if err != nil {
		return err
	}
	w.unsure = report.NewResult(w.book.Batch, totals).Unsure()
	orders := list[orderLine]{
		name:    sheetOrders,
		colour:  slate,
		table:   "Orders",
		columns: w.orderCells(),
		rows:    w.orderLines(ctx),
		inSight: w.columns.InSight,
		printed: len(w.shown) - w.columns.Inner(),
		before: func(s *sheet) error {
			if w.toFix != nil {
				if err := w.toFix.finish("ToFix", 1, len(w.fixColumns())); err != nil {
					return err
				}
			}
			return w.colourOrders(s)
		},
	}
	return orders.write(w)
}

// orderLine is a row of Orders.
type orderLine struct {
	journal.Entry
	ours []string // values of our columns
}

// orderLines walks the batch. What the other sheets tell is taken from the same walk.
func (w *workbook) orderLines(ctx context.Context) iter.Seq2[orderLine, error] {
	return func(yield func(orderLine, error) bool) {
		for e, err := range w.book.Journal.Entries(ctx, w.book.Batch) {
			if err == nil {
				w.tally(e)
				err = w.fixRow(e)
			}
			if !yield(orderLine{e, w.columns.Values(e)}, err) {
				return
			}
		}
	}
}

// orderCells are the columns of Orders with what stands in them.
func (w *workbook) orderCells() []listColumn[orderLine] {
	all := make([]listColumn[orderLine], len(w.shown))
	for at, i := range w.columns.Kept {
		all[w.columns.TheirPlaces[at]].cell = func(l orderLine) any {
			return w.styles.ofLines(report.Cell(l.Entry, i))
		}
	}
	for at, c := range w.columns.Ours {
		all[w.columns.OurPlaces[at]].cell = func(l orderLine) any { return ourCell(c, l.Entry, l.ours[at]) }
	}
	for i, c := range w.shown {
		all[i].column = c
	}
	return all
}

// tally adds a row to what the other sheets tell.
func (w *workbook) tally(e journal.Entry) {
	w.totals.Add(e, 1)
	w.spend.Add(e)
	w.addBack(e)
	if estimate, ok := e.Estimate(); ok && e.State != journal.Invalid && e.State != journal.Skipped {
		w.estimates[report.Told(e.State)] = w.estimates[report.Told(e.State)].Add(estimate)
	}
	for _, p := range slices.Concat(report.ProblemsOf(e), w.cuts(e)) {
		w.groups.Add(p)
	}
}

// ourCell is the cell of a column of ours. Times are real dates; those that a skipped row brought along are the
// sheet's own text.
func ourCell(c report.ResultColumn, e journal.Entry, s string) any {
	switch at := c.Moment(e); {
	case !at.IsZero():
		return serial(at)
	case c.Kind == report.KindMoney:
		return money(s)
	case c.Kind == report.KindNumber:
		return text(s)
	}
	return word(s)
}

// measured is how many rows are looked at for the columns' widths: those that are seen first.
const measured = 200

// measure finds widths at which the first rows can be read, and the columns that hold numbers.
func (w *workbook) measure(ctx context.Context) error {
	w.shown = w.orderColumns()
	n := 0
	for e, err := range w.book.Journal.Entries(ctx, w.book.Batch) {
		if err != nil {
			return err
		}
		for at, i := range w.columns.Kept {
			c, s := w.theirs(at), report.Cell(e, i)
			c.widen(s, w.widest(w.columns.TheirPlaces[at]))
			if _, number := report.PlainNumber(s); !number && s != "" {
				c.style, c.head = w.styles.left, w.styles.head
			}
		}
		for at, s := range w.columns.Values(e) {
			w.shown[w.columns.OurPlaces[at]].widen(s, cmp.Or(w.columns.Ours[at].Widest, widest))
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
	widestInSight = 36 // what stays in sight must leave room for the rest
)

// widest is how wide a column of Orders may become.
func (w *workbook) widest(place int) float64 {
	if place < w.columns.InSight {
		return widestInSight
	}
	return widest
}

// widen lets a text's lines fit, up to a limit.
func (c *column) widen(s string, limit float64) {
	for line := range strings.Lines(s) {
		c.width = max(c.width, min(float64(report.Width(strings.TrimRight(line, "\r\n")))+3, limit))
	}
}

// orderColumns gives the columns of Orders before any row was seen: the person's as if all were numbers.
func (w *workbook) orderColumns() []column {
	styles := map[report.Kind][2]int{
		report.KindWord:   {w.styles.left, w.styles.ourHead},
		report.KindNumber: {w.styles.number, w.styles.ourHeadRight},
		report.KindMoney:  {w.styles.charge, w.styles.ourHeadRight},
		report.KindMoment: {w.styles.when, w.styles.ourHead},
	}
	var all []column
	for _, name := range w.columns.Names() {
		c := column{name: name, width: narrowest, style: w.styles.number, head: w.styles.headRight}
		c.widen(name+" ▾ ", widest)
		all = append(all, c)
	}
	for at, o := range w.columns.Ours {
		c := &all[w.columns.OurPlaces[at]]
		c.style, c.head, c.hidden = styles[o.Kind][0], styles[o.Kind][1], o.Hidden
		switch o.JSON {
		case "order_id": // typed over, it must stay text
			c.style = w.styles.text
		case "currency":
			c.style = w.styles.apart
		}
	}
	return all
}

// theirs is one of the person's columns among those of Orders.
func (w *workbook) theirs(at int) *column { return &w.shown[w.columns.TheirPlaces[at]] }

// mostBadges is how many statuses are coloured; a panel's set of them is open.
const mostBadges = 30

// colourOrders colours states and statuses by what they are.
func (w *workbook) colourOrders(s *sheet) error {
	looks, order := map[string]look{}, []string{}
	for _, state := range report.States() {
		looks[string(state)] = stateLook(state)
		order = append(order, string(state))
	}
	if err := w.colour(s, "state", looks, order); err != nil {
		return err
	}
	looks, order = map[string]look{}, nil
	for _, status := range report.StatusesOf(w.totals) {
		if status != "" && len(status) < 100 && len(order) < mostBadges {
			looks[status] = standingLook(journal.StandingOf(status))
			order = append(order, status)
		}
	}
	return w.colour(s, "status", looks, order)
}

func (w *workbook) colour(s *sheet, name string, looks map[string]look, order []string) error {
	formats, err := badges(w.file, looks, order)
	if err != nil || len(formats) == 0 {
		return err
	}
	column, err := excelize.ColumnNumberToName(1 + w.columns.PlaceOf(name))
	if err != nil {
		return err
	}
	return w.file.SetConditionalFormat(s.Sheet, fmt.Sprintf("%s2:%s%d", column, column, max(s.rows, 2)), formats)
}

// fixRow copies a row that must be corrected, in the sheet's own layout.
func (w *workbook) fixRow(e journal.Entry) error {
	if !isToFix(e, w.unsure) || len(w.columns.Kept) == 0 {
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
		columns := w.fixColumns()
		s.repeated, s.printed = 1, len(columns)
		if err := errors.Join(s.freeze(0, 1), s.lay(columns), s.head(columns), w.many(s, columns)); err != nil {
			return err
		}
	}
	row := make([]any, len(w.fixColumns()))
	for at, i := range w.columns.Kept {
		row[at] = w.styles.ofLines(report.Cell(e, i))
	}
	for _, p := range e.Problems {
		if at, found := w.place(e, p); found && !p.Warning {
			style, found := w.styles.wrong, report.Cell(e, w.columns.Kept[at])
			switch {
			case severalLines(found):
				style = w.styles.wrongLines
			case w.theirs(at).style == w.styles.number:
				style = w.styles.wrongNumber
			}
			row[at] = excelize.Cell{StyleID: style, Value: text(found)}
		}
	}
	if len(row) > len(w.columns.Kept) {
		row[len(row)-1] = text(report.WarnedBeside(e))
	}
	return w.toFix.add(row)
}

// fixColumns are the columns of the rows to be corrected: the person's, and what those don't tell.
func (w *workbook) fixColumns() []column {
	var theirs []column
	var names []string
	for at := range w.columns.Kept {
		theirs = append(theirs, *w.theirs(at))
		names = append(names, theirs[at].name)
	}
	if tellsWarnings(names) {
		return theirs
	}
	const width = 24
	return append(theirs, w.styles.words(report.WarnedOfHeading, width))
}

// place finds the copied column in which a problem stands. The journal doesn't know in which column of
// the person's sheet the header began, so the column's letter counts only where the cell holds what was
// found, or is as blank as it was; otherwise the cell is known by what was found.
func (w *workbook) place(e journal.Entry, p parse.Problem) (at int, found bool) {
	n, err := excelize.ColumnNameToNumber(p.Column)
	if err != nil {
		return 0, false
	}
	last := len(w.columns.Headers)
	if e.Tab != "" {
		n++ // the name of the row's worksheet stands before its cells
	}
	for i := min(n, last) - 1; i >= 0; i-- {
		if strings.TrimSpace(report.Cell(e, i)) == p.Found {
			at := slices.Index(w.columns.Kept, i)
			return at, at >= 0
		}
		if p.Found == "" {
			return 0, false
		}
	}
	for i := min(n, last); i < last; i++ { // of a further table, whose columns stand elsewhere
		if strings.TrimSpace(report.Cell(e, i)) == p.Found {
			at := slices.Index(w.columns.Kept, i)
			return at, at >= 0
		}
	}
	return 0, false
}
