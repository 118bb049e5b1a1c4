package parse

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// recordLimit is the greatest size of a record of a text file, in bytes. Beyond it a quote was surely left open.
const recordLimit = 1 << 20

// recordReader reads delimited text as RFC 4180 describes it, one record at a time. It is there because encoding/csv
// drops blank lines and counts lines, where a spreadsheet shows records with the blank ones among them; and because one
// bad record must not end the file. Lines end with \n, \r\n or \r.
//
// It works on bytes: the text must be in an encoding in which ASCII bytes are ASCII characters.
type recordReader struct {
	in        *bufio.Reader
	delimiter byte
	quotes    bool   // whether " quotes; mass-order text has no quotes
	sheet     string // for problems

	number int    // of the record that was read last
	line   int    // line on which the next record begins, from 1
	bytes  []byte // the record's cells, one after the other
	ends   []int  // where each cell ends in bytes
	row    rawRow
}

func newRecordReader(in io.Reader, delimiter byte, sheet string) *recordReader {
	return &recordReader{in: bufio.NewReaderSize(in, 64<<10), delimiter: delimiter, quotes: true, sheet: sheet, line: 1}
}

// next reads one record; the row is valid until the next call. At the end it returns io.EOF.
func (r *recordReader) next() (*rawRow, error) {
	if _, err := r.in.Peek(1); err != nil {
		return nil, err
	}
	r.number++
	r.bytes, r.ends, r.row.problems = r.bytes[:0], r.ends[:0], nil
	for more := true; more; {
		var err error
		if more, err = r.cell(); err != nil {
			return nil, err
		}
		if r.ends = append(r.ends, len(r.bytes)); len(r.ends) > book.MostColumns {
			return nil, &Problem{
				Sheet: r.sheet,
				Row:   r.number,
				Rule:  "record-too-long",
				Wrong: "has more than 16,384 cells",
				Mend:  "look whether the delimiter is right",
			}
		}
	}
	r.row.Number = r.number
	r.row.Cells = r.row.Cells[:0]
	text, start := string(r.bytes), 0
	for _, end := range r.ends {
		cell := text[start:end]
		if r.quotes {
			cell = unguarded(cell)
		}
		r.row.Cells = append(r.row.Cells, book.Cell{Text: cell})
		start = end
	}
	return &r.row, nil
}

// unguarded takes off the apostrophe that keeps spreadsheets from taking a cell for a formula: whoever writes such
// files, and we are among them, puts it before what begins like one.
func unguarded(cell string) string {
	if cell == "" || cell[0] != '\'' {
		return cell
	}
	if rest := strings.TrimLeft(cell, "'"); rest != "" && strings.IndexByte("=+-@\t\r", rest[0]) >= 0 {
		return cell[1:]
	}
	return cell
}

// cell reads one cell and what ends it. It tells whether the record goes on.
func (r *recordReader) cell() (more bool, err error) {
	c, err := r.in.ReadByte()
	if err == nil && r.quotes && (c == ' ' && len(r.ends) > 0 || c == '=') {
		// "a", "b", as some programs write it, and ="101", which Excel takes for a text
		if next, err := r.in.Peek(1); err == nil && next[0] == '"' {
			if c, err = r.in.ReadByte(); err != nil {
				return false, err
			}
		}
	}
	if err == nil && c == '"' && r.quotes {
		line := r.line
		if closed, err := r.quoted(); err != nil || !closed {
			return false, err
		}
		if c, err = r.in.ReadByte(); err == nil && !r.ending(c) {
			wrong := "has text after a closing quote"
			if r.line > line {
				wrong += fmt.Sprintf(": its first quote was left open, and the %d lines below are in that cell", r.line-line)
			}
			r.problem("quote-misplaced", wrong, `write each quote inside a quoted cell twice: ""`)
		}
	}
	bare := false
	for ; err == nil; c, err = r.in.ReadByte() {
		if r.ending(c) {
			return c == r.delimiter, r.endLine(c)
		}
		if c == '"' && r.quotes && !bare && len(r.row.problems) == 0 {
			bare = true
			r.problem("quote-misplaced", "has a quote inside a cell that is not quoted",
				`put the whole cell in quotes, and write each quote inside it twice: ""`)
		}
		if err = r.add(c); err != nil {
			return false, err
		}
	}
	if err == io.EOF {
		err = nil
	}
	return false, err
}

// quoted reads the rest of a quoted cell, up to its closing quote. Where there is none, the rest of the file is the
// cell.
func (r *recordReader) quoted() (closed bool, err error) {
	line := r.line
	for {
		c, err := r.in.ReadByte()
		if err == io.EOF {
			wrong := "has a quote that is never closed"
			if r.line > line {
				wrong += fmt.Sprintf(": the %d lines from there to the end of the file are in that cell", r.line-line)
			}
			r.problem("quote-open", wrong, "close the quote, or remove it")
			return false, nil
		}
		if err != nil {
			return false, err
		}
		switch c {
		case '"':
			if next, err := r.in.Peek(1); err != nil || next[0] != '"' {
				return true, nil
			}
			if _, err := r.in.Discard(1); err != nil {
				return false, err
			}
		case '\n':
			r.line++
		}
		if err := r.add(c); err != nil {
			return false, err
		}
	}
}

func (r *recordReader) ending(c byte) bool {
	return c == r.delimiter || c == '\n' || c == '\r'
}

// endLine takes the \n of a \r\n along.
func (r *recordReader) endLine(c byte) error {
	if c == r.delimiter {
		return nil
	}
	r.line++
	if c != '\r' {
		return nil
	}
	if next, err := r.in.Peek(1); err != nil || next[0] != '\n' {
		return nil
	}
	_, err := r.in.Discard(1)
	return err
}

func (r *recordReader) add(c byte) error {
	if c == 0 {
		return &Problem{
			Sheet: r.sheet,
			Row:   r.number,
			Rule:  "binary",
			Wrong: "holds a zero byte: the file is no text from here on",
			Mend:  "save the sheet again as .xlsx or CSV",
		}
	}
	if len(r.bytes) == recordLimit {
		return &Problem{Sheet: r.sheet, Row: r.number, Rule: "record-too-long",
			Wrong: "is longer than " + strconv.Itoa(recordLimit>>20) + " MiB: a quote in it is surely not closed",
			Mend:  "close the quote, or remove it"}
	}
	r.bytes = append(r.bytes, c)
	return nil
}

// problem notes what is wrong with the cell that is being read.
func (r *recordReader) problem(rule, wrong, mend string) {
	r.row.problems = append(r.row.problems, Problem{
		Sheet: r.sheet, Column: Letter(len(r.ends)), Row: r.number, Rule: rule, Wrong: wrong, Mend: mend,
	})
}
