package book

import (
	"strings"
	"unicode"
)

// MostColumns is how many columns a sheet may have, as in Excel: XFD is the last.
const MostColumns = 16384

// Kind says what sort of value a cell holds. Cells of text files are all text.
type Kind uint8

const (
	Text    Kind = iota
	Number       // text holds the raw number as the workbook stores it: 1000, 1E+3, 0.1
	Date         // a number that is shown as a date; text holds dd/mm/yyyy, with the time where there is one
	Boolean      // TRUE or FALSE
	Error        // #N/A, #REF! and the like
	Pending      // a formula whose value was never computed
)

// Cell is one cell as its format gave it, before any rule about fields.
type Cell struct {
	Kind   Kind
	Text   string // a date cell's text is the date, all others' is what is stored
	Target string // where the cell's hyperlink leads; "" without one
	Sum    bool   // it is a formula that adds cells up
	// Reckoned are the columns of its row, as bits, of which a formula reckons it by adding and multiplying alone.
	Reckoned uint64
	Struck   bool // the text, or a part of it, is struck through
	Partly   bool // a part of the text is struck through, another isn't
	// Percent tells that a number is shown as a percentage: 1 as 100 %.
	Percent bool
	// Scaled tells that a number is shown as a thousandth or a thousandfold of itself: 50 as 50K.
	Scaled bool
	// Old tells that a formula's value is kept in a workbook that says that it is to be reckoned anew.
	Old   bool
	Wrong string // what makes the cell doubtful whatever its field is; "" mostly
}

// Row is one row of a worksheet. The cells may be fewer or more than the header's; they are valid until the next row
// is asked for.
type Row struct {
	Number int // as a spreadsheet shows it, from 1
	Cells  []Cell
	Notes  []Note // comments on its cells
	// Beyond are the texts of the first few of these cells.
	Beyond  []string
	Outside int // index of the first filled cell that was left out as it is right of all columns; 0: none was
}

// Blank tells whether no cell holds anything.
func Blank(cells []Cell) bool {
	for i := range cells { // not a copy: most cells of a wide sheet are empty
		if c := &cells[i]; c.Kind != Text || c.Text != "" && Trim(c.Text) != "" {
			return false
		}
	}
	return true
}

// Trim takes blanks, no-break spaces and zero-width characters off both ends.
func Trim(s string) string {
	if s == "" || seen(s[0]) && seen(s[len(s)-1]) {
		return s
	}
	return strings.TrimFunc(s, unseen)
}

// seen tells of an ASCII byte that is surely no blank.
func seen(b byte) bool { return b > ' ' && b < 0x7f }

func unseen(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}

// Letter is the spreadsheet's name of the column with that index: 0 is "A", 26 is "AA".
func Letter(index int) string {
	var letters [8]byte
	at := len(letters)
	for n := index + 1; n > 0 && at > 0; n = (n - 1) / 26 {
		at--
		letters[at] = byte('A' + (n-1)%26)
	}
	return string(letters[at:])
}
