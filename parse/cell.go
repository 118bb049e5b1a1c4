package parse

import (
	"iter"

	"bulkorder/parse/book"
)

// rawRow is one row as its format gave it, valid until the next row is asked for.
type rawRow struct {
	book.Row
	problems []Problem // such as a quote that is out of place; Sheet, Row and Column are set
}

// source is a sheet in one of the formats: text or workbook.
type source interface {
	// rows walks all rows from the first, blank ones may be left out. It may be called again. An error ends it.
	rows() iter.Seq2[*rawRow, error]
}
