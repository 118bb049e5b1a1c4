package book

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/parse/book"
	"bulkorder/report"
)

// largestRead is how large a results workbook may be that is read: far larger than any that is written.
const largestRead = 1 << 30

// Ordered walks the orders that a results workbook tells of, and what may be one: whatever a person did to the
// workbook's own columns or to the order of its rows. Rows whose key isn't there, or is of an older version, can't be
// compared with others, and have no Content. The error says why the workbook can't be read; what came before it counts.
func Ordered(path string) iter.Seq2[journal.Outside, error] {
	return func(yield func(journal.Outside, error) bool) {
		if err := ordered(path, func(o journal.Outside) bool { return yield(o, nil) }); err != nil {
			yield(journal.Outside{}, err)
		}
	}
}

// ordered calls tell for each order, until it has enough.
func ordered(path string, tell func(journal.Outside) bool) error {
	info, err := os.Stat(path) // before it is opened: opening a pipe waits for who writes to it
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return errors.New("it is no file")
	case info.Size() > largestRead:
		return errors.New("it is larger than any results workbook")
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w, err := book.Open(file, info.Size())
	if err != nil {
		return err
	}
	defer w.Close()
	i := slices.IndexFunc(w.Sheets, func(s *book.Sheet) bool { return strings.EqualFold(s.Name, sheetOrders) })
	if i < 0 {
		return fmt.Errorf("it has no sheet %q, so it is no results workbook", sheetOrders)
	}
	var h *resultHeader
	for row, err := range w.Sheets[i].Rows(book.Reading{}) {
		switch {
		case err != nil:
			return err
		case h == nil && row.Number > headerWithin:
			return errNoResults
		case h == nil:
			h = newResultHeader(row.Cells)
			continue
		}
		o, is := h.order(row)
		if o.File = filepath.Base(path); is && !tell(o) {
			return nil
		}
	}
	if h == nil {
		return errNoResults
	}
	return nil
}

var errNoResults = errors.New("it has no column \"Row key\", so it is no results workbook")

// headerWithin is in which of the first rows the header is looked for.
const headerWithin = 20

// resultHeader is where our columns stand; by their names in JSON.
type resultHeader map[string]int

// newResultHeader gives nil where the row isn't the header of results.
func newResultHeader(cells []book.Cell) *resultHeader {
	h := resultHeader{}
	for at, cell := range cells {
		for _, c := range report.OurColumns() {
			if _, taken := h[c.JSON]; !taken && parse.Fold(cell.Text) == parse.Fold(c.Heading) {
				h[c.JSON] = at
			}
		}
	}
	for _, needed := range []string{"state", "order_id", "row_key"} {
		if _, is := h[needed]; !is {
			return nil
		}
	}
	return &h
}

// order reads a row; is is false where it tells of no order.
func (h resultHeader) order(row *book.Row) (o journal.Outside, is bool) {
	cell := func(name string) string {
		if at, has := h[name]; has && at < len(row.Cells) {
			return book.Trim(row.Cells[at].Text)
		}
		return ""
	}
	state, key := journal.State(cell("state")), cell("row_key")
	o, readable := journal.ParseRowKey(key)
	o.Row, o.OrderID, o.SentAt = row.Number, cell("order_id"), sentAt(cell("sent_at"))
	switch {
	case state == journal.Skipped && !readable: // the order of another results workbook, which tells more of it
		return o, false
	case o.OrderID != "" || cell("one_of") != "":
		return o, true
	}
	return o, slices.Contains([]journal.State{journal.Placed, journal.InDoubt, journal.Skipped}, state)
}

// sentAt reads a time of results, which are in UTC; zero where it is none.
func sentAt(text string) time.Time {
	for _, layout := range []string{book.DayLayout + " 15:04:05", book.DayLayout, report.TimeText} {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	return time.Time{}
}
