package parse

import "iter"

// columnLimit is how many columns a sheet may have, as in Excel: XFD is the last.
const columnLimit = 16384

// kind says what sort of value a cell holds. Cells of text files are all text.
type kind uint8

const (
	textCell    kind = iota
	numberCell       // text holds the raw number as the workbook stores it: 1000, 1E+3, 0.1
	dateCell         // a number that is shown as a date; text holds dd/mm/yyyy, with the time where there is one
	booleanCell      // TRUE or FALSE
	errorCell        // #N/A, #REF! and the like
	pendingCell      // a formula whose value was never computed
)

// cell is one cell as its format gave it, before any rule about fields.
type cell struct {
	kind   kind
	text   string // a date cell's text is the date, all others' is what is stored
	target string // where the cell's hyperlink leads; "" without one
	wrong  string // what makes the cell doubtful whatever its field is; "" mostly
}

// rawRow is one row as its format gave it. The cells may be fewer or more than the header's; they are valid until the
// next row is asked for.
type rawRow struct {
	number   int // as a spreadsheet shows it, from 1
	cells    []cell
	outside  int       // index of the first filled cell that was left out as it is right of all columns; 0: none was
	problems []Problem // such as a quote that is out of place; Sheet, Row and Column are set
}

// source is a sheet in one of the formats: text or workbook.
type source interface {
	// rows walks all rows from the first, blank ones may be left out. It may be called again. An error ends it.
	rows() iter.Seq2[*rawRow, error]
}
