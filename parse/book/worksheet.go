package book

import (
	"errors"
	"fmt"
	"iter"
	"slices"
)

// rowLimit is how many rows a worksheet may have, as in Excel.
const rowLimit = 1048576

// Sheet is one sheet of a workbook, read as a stream from its XML.
//
// It has its own reader because excelize turns a document type definition into an empty sheet, shifts columns where a
// cell's reference comes twice, and ends silently in the middle of a broken sheet; each would lose or misplace orders.
type Sheet struct {
	Name   string
	Hidden bool // nobody sees the sheet

	book *Workbook
	part string
}

// Reading says how rows are read. The zero value reads all of them as they stand.
type Reading struct {
	Layout     Layout // of this sheet; empty: cells under merges and hyperlinks stay as they stand
	Header     int    // merges that begin above or in this row are not filled down
	Width      int    // how many cells of a row are of use; 0: all
	SkipHidden bool   // rows that are hidden are left out
}

// merges are those that fill cells below the header.
func (o Reading) merges() []Area {
	return slices.DeleteFunc(slices.Clone(o.Layout.Merges), func(m Area) bool {
		return m.Top <= o.Header || o.Width > 0 && m.Left >= o.Width
	})
}

// xmlCell is a cell as the worksheet's XML has it. Its value is the whole of scan.text between start and end.
type xmlCell struct {
	column     int
	kind       string // the attribute t: "" or n, s, str, inlineStr, b, e, d
	style      int
	formula    bool
	valued     bool // a <v> or <is> was there
	struck     bool // a part of an <is> is struck through
	partly     bool // another part isn't
	start, end int
	link       hyperlinkFormula
	sum        bool // the formula adds cells up
	reckoned   uint64
	gives      float64 // what a formula of nothing but numbers gives
	given      bool    // it is such a formula
}

// rowScan walks the rows of one worksheet.
type rowScanner struct {
	x      *xmlScanner
	row    int // number of the row that was read last
	column int // of the cell that was read last; -1: none of the row was
	hidden bool
	cells  []xmlCell
	text   []byte // values of the row's cells
	word   []byte // scratch
	shared map[string]sharedFormula
}

// startRows reads up to the rows. It is false where the sheet has none.
func startRows(x *xmlScanner) (*rowScanner, bool, error) {
	if err := x.rootIs("worksheet"); err != nil {
		return nil, false, err
	}
	for {
		kind, err := x.next()
		switch {
		case err != nil:
			return nil, false, err
		case kind == endOfFile:
			return nil, false, errors.New("it has no <sheetData>")
		case kind != startTag:
		case string(x.name) == "sheetData":
			return &rowScanner{x: x}, !x.empty, nil
		default:
			if err := x.skip(); err != nil {
				return nil, false, err
			}
		}
	}
}

// next reads one row. It is false at the end of the rows.
func (s *rowScanner) next() (bool, error) {
	for {
		kind, err := s.x.next()
		switch {
		case err != nil:
			return false, err
		case kind == endTag:
			return false, nil
		case kind != startTag:
		case string(s.x.name) == "row":
			return true, s.readRow()
		default:
			if err := s.x.skip(); err != nil {
				return false, err
			}
		}
	}
}

func (s *rowScanner) readRow() error {
	number, hidden, err := rowTag(s.x.attrs)
	if err != nil {
		return err
	}
	if number == 0 {
		number = s.row + 1
	}
	if number <= s.row || number > rowLimit {
		return fmt.Errorf("row %d comes after row %d", number, s.row)
	}
	s.row, s.column, s.hidden = number, -1, hidden
	s.cells, s.text = s.cells[:0], s.text[:0]
	for !s.x.empty {
		kind, err := s.x.next()
		switch {
		case err != nil:
			return err
		case kind == endTag:
			return nil
		case kind != startTag:
		case string(s.x.name) == "c":
			err = s.readCell()
		default:
			err = s.x.skip()
		}
		if err != nil {
			return err
		}
		s.x.empty = false
	}
	return nil
}

// rowTag reads the attributes of a <row>. The number is 0 where it has none, which is legal.
func rowTag(attrs []byte) (number int, hidden bool, err error) {
	for {
		name, value, rest, err := attr(attrs)
		if err != nil || name == nil {
			return number, hidden, err
		}
		attrs = rest
		switch string(name) {
		case "r":
			var ok bool
			if number, ok = digits(value); !ok || number == 0 {
				return 0, false, fmt.Errorf("a row has the number %.20q", value)
			}
		case "hidden":
			hidden = hidden || yes(string(value))
		case "ht":
			hidden = hidden || string(value) == "0"
		}
	}
}

func (s *rowScanner) readCell() error {
	c := xmlCell{column: -1, start: len(s.text)}
	if err := s.cellTag(&c); err != nil {
		return err
	}
	if s.x.empty && c.kind == "" {
		return nil // it has a style alone
	}
	for !s.x.empty {
		kind, err := s.x.next()
		switch {
		case err != nil:
			return err
		case kind == endTag:
			c.end = len(s.text)
			s.cells = append(s.cells, c)
			return nil
		case kind != startTag:
			continue
		}
		switch string(s.x.name) {
		case "v":
			c.valued = true
			s.text, err = s.x.content(s.text)
		case "is":
			c.valued, s.x.looks = true, looks{}
			s.text, err = s.x.richText(s.text)
			c.struck, c.partly = s.x.struck, s.x.partly()
		case "f":
			err = s.readFormula(&c)
		default:
			err = s.x.skip()
		}
		if err != nil {
			return err
		}
		s.x.empty = false
	}
	c.end = len(s.text)
	s.cells = append(s.cells, c)
	return nil
}

// readFormula reads an <f> that has just begun.
func (s *rowScanner) readFormula(c *xmlCell) error {
	shared, err := s.x.attributes("si")
	if err != nil {
		return err
	}
	c.formula = true
	if s.word, err = s.x.content(s.word[:0]); err != nil {
		return err
	}
	c.link, c.sum = readHyperlinkFormula(s.word), isSum(s.word)
	c.gives, c.given = constant(s.word)
	s.shareReckoned(c, []byte(shared[0]), reckoned(s.word, s.row))
	return nil
}

// cellTag reads the attributes of a <c>. References must go on from left to right: one that comes twice would hide one
// of two values. A cell without one stands right of the last.
func (s *rowScanner) cellTag(c *xmlCell) error {
	last := s.column
	for attrs := s.x.attrs; ; {
		name, value, rest, err := attr(attrs)
		if err != nil {
			return err
		}
		if name == nil {
			break
		}
		attrs = rest
		ok := true
		switch string(name) {
		case "r":
			column, row, ok := reference(value)
			if !ok || row != s.row || column <= last || c.column >= 0 {
				return fmt.Errorf("in row %d stands a cell %.20q that does not belong there, or comes twice", s.row, value)
			}
			c.column = column
		case "s":
			if c.style, ok = digits(value); !ok {
				return fmt.Errorf("a cell of row %d has the style %.20q", s.row, value)
			}
		case "t":
			if c.kind, ok = cellKind(value); !ok {
				return fmt.Errorf("a cell of row %d has the unknown type %.20q", s.row, value)
			}
		}
	}
	if c.column < 0 {
		c.column = last + 1
	}
	if c.column >= MostColumns {
		return fmt.Errorf("row %d has a cell beyond column XFD", s.row)
	}
	s.column = c.column
	return nil
}

// cellKind gives the type as a constant, so that nothing is allocated for it.
func cellKind(value []byte) (string, bool) {
	switch string(value) {
	case "s":
		return "s", true
	case "n", "":
		return "", true
	case "str":
		return "str", true
	case "inlineStr":
		return "inlineStr", true
	case "b":
		return "b", true
	case "e":
		return "e", true
	case "d":
		return "d", true
	}
	return "", false
}

// reference reads "C42": column 2, row 42.
func reference(b []byte) (column, row int, ok bool) {
	i := 0
	for i < len(b) && i < 4 && b[i] >= 'A' && b[i] <= 'Z' {
		column = column*26 + int(b[i]-'A') + 1
		i++
	}
	row, ok = digits(b[i:])
	return column - 1, row, ok && i > 0 && column <= MostColumns && row > 0 && row <= rowLimit
}

// digits reads a number of at most nine digits.
func digits(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' || len(b) > 9 {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

// Rows walks the rows in one forward pass. The end of the sheet, and of its part of the zip, must be reached: so that a
// sheet that is cut off or damaged is an error, whatever rows came before.
func (w *Sheet) Rows(o Reading) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		in, err := w.book.parts.open(w.part)
		if err != nil {
			yield(nil, broken("", err))
			return
		}
		defer in.Close()
		x := newXMLScanner(in)
		scan, more, err := startRows(x)
		f := filler{merges: o.merges(), links: o.Layout.links, notes: o.Layout.notes}
		var raw Row
		for err == nil && more {
			if more, err = scan.next(); err != nil || !more {
				break
			}
			if err = w.fill(&raw, scan, o.Width); err != nil {
				break
			}
			if err = f.fill(&raw); err != nil {
				break
			}
			if scan.hidden && o.SkipHidden {
				continue
			}
			if !yield(&raw, nil) {
				return
			}
		}
		for kind := startTag; err == nil && kind != endOfFile; {
			kind, err = x.next()
		}
		if err != nil {
			yield(nil, broken(w.part, err))
		}
	}
}
