package parse

import (
	"iter"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// rawRow is one row as its format gave it, valid until the next row is asked for.
type rawRow struct {
	book.Row
	problems []Problem // such as a quote that is out of place; Sheet, Row and Column are set
}

// clone is a copy that stays when the next row is asked for.
func (r *rawRow) clone() *rawRow {
	c := *r
	c.Cells = slices.Clone(r.Cells)
	for i := range c.Cells {
		c.Cells[i].Text = strings.Clone(c.Cells[i].Text)
	}
	return &c
}

// source is a sheet in one of the formats: text or workbook.
type source interface {
	// rows walks all rows from the first, blank ones may be left out. It may be called again. An error ends it.
	rows() iter.Seq2[*rawRow, error]
}
