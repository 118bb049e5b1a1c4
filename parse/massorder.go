package parse

import (
	"io"
	"iter"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// massSource reads mass-order text as people paste it into panels: "service | link | quantity" or
// "service | quantity | link", one order a line, no header, no quotes. Tabs, semicolons and commas part it too where
// each line has an address. In a workbook each line is one cell.
type massSource struct {
	from          func(delimiter byte) iter.Seq2[*rawRow, error] // the lines, parted
	sheet         string
	delimiter     byte
	quantityFirst bool
}

// newMassSource recognises mass-order text: most of the first lines have three parts, of which the first is a number
// and exactly one of the last two is. Which of the two it is, is one decision for the whole file. A line of three parts
// without a number may be a header, whose words aren't known: then nothing is certain.
func newMassSource(from func(byte) iter.Seq2[*rawRow, error], sheet string) (*massSource, bool) {
	for _, delimiter := range []byte("|\t;,") {
		s := &massSource{from: from, sheet: sheet, delimiter: delimiter}
		if s.recognised() {
			return s, true
		}
	}
	return nil, false
}

// recognised looks at the first lines, and decides where they have the quantity.
func (s *massSource) recognised() bool {
	lines, orders, quantityFirst, first := 0, 0, 0, false
	for row, err := range s.lines() {
		if err != nil {
			return false
		}
		if row.Number > headerRows {
			break
		}
		if book.Blank(row.Cells) {
			continue
		}
		lines++
		if !s.isOrder(row.Cells) {
			numbers := slices.ContainsFunc(row.Cells, func(c book.Cell) bool { return numeric(c.Text) })
			if len(row.Cells) >= 3 && !numbers {
				return false
			}
			continue
		}
		orders++
		if numeric(row.Cells[1].Text) {
			quantityFirst++
			first = first || orders == 1
		}
	}
	s.quantityFirst = quantityFirst*2 > orders || quantityFirst*2 == orders && first
	if s.delimiter == '|' {
		return orders > 0 // nothing else is written so; lines that are odd are told one by one
	}
	if orders < 2 {
		return false // one line may be a header of somebody's
	}
	return orders*2 > lines
}

// isOrder tells whether a line is built as an order.
func (s *massSource) isOrder(cells []book.Cell) bool {
	if len(cells) != 3 || !numeric(cells[0].Text) {
		return false
	}
	link, quantity := book.Trim(cells[1].Text), book.Trim(cells[2].Text)
	if numeric(link) {
		link, quantity = quantity, link
	}
	_, short := shortForm(quantity)
	if s.delimiter == '|' && !short {
		return numeric(quantity) && !numeric(link)
	}
	return (short || numeric(quantity)) && isAddress(link)
}

func (s *massSource) header() header {
	fields := []string{"service", "link", "quantity"}
	if s.quantityFirst {
		fields = []string{"service", "quantity", "link"}
	}
	var h header
	for i, field := range fields {
		name := strings.ToUpper(field[:1]) + field[1:]
		h.columns = append(
			h.columns,
			column{
				Column: Column{Letter: Letter(i), Name: name, Field: field, By: ByPlace},
				index:  i,
				kind:   FieldNamed(field).kind,
			},
		)
	}
	return h
}

func (s *massSource) rows() iter.Seq2[*rawRow, error] {
	return func(yield func(*rawRow, error) bool) {
		for row, err := range s.lines() {
			if err == nil && !book.Blank(row.Cells) {
				s.check(row)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// check finds lines that are built otherwise than the file.
func (s *massSource) check(row *rawRow) {
	p := Problem{Sheet: s.sheet, Row: row.Number, Rule: "mass-order-line"}
	if first := book.Trim(row.Cells[0].Text); strings.HasPrefix(first, "# ") || strings.HasPrefix(first, "#\t") {
		p.Wrong, p.Mend = "is taken out by the # before it", "take the line away, or the # if it is to be ordered"
		row.problems = append(row.problems, p)
		return
	}
	if len(row.Cells) != 3 {
		p.Wrong, p.Mend = "does not have three parts between "+s.mark(), "write it as "+s.form()
		row.problems = append(row.problems, p)
		return
	}
	quantity, link := row.Cells[2].Text, row.Cells[1].Text
	if s.quantityFirst {
		quantity, link = link, quantity
	}
	if numeric(link) && !numeric(quantity) {
		p.Wrong, p.Mend = "has link and quantity the other way round than the other lines", "write it as "+s.form()
		row.problems = append(row.problems, p)
	}
}

func (s *massSource) form() string {
	form := "service | link | quantity"
	if s.quantityFirst {
		form = "service | quantity | link"
	}
	if s.delimiter == '\t' {
		return strings.ReplaceAll(form, " | ", " TAB ")
	}
	return strings.ReplaceAll(form, "|", string(rune(s.delimiter)))
}

// mark is what parts a line, in words.
func (s *massSource) mark() string {
	if s.delimiter == '\t' {
		return "tabs"
	}
	return string(rune(s.delimiter))
}

func (s *massSource) lines() iter.Seq2[*rawRow, error] {
	return func(yield func(*rawRow, error) bool) {
		for row, err := range s.from(s.delimiter) {
			if err == nil && len(row.Cells) == 4 && book.Blank(row.Cells[3:]) {
				row.Cells = row.Cells[:3] // a mark at the end of the line
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// massLines are the lines of a text as mass-order text has them.
func (t *text) massLines(sheet string) func(byte) iter.Seq2[*rawRow, error] {
	return func(delimiter byte) iter.Seq2[*rawRow, error] {
		return func(yield func(*rawRow, error) bool) {
			records := newRecordReader(t.open(), delimiter, sheet)
			records.quotes = false
			for {
				row, err := records.next()
				if err == io.EOF || !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// numeric tells whether a text is digits, whatever parts them.
func numeric(s string) bool {
	s = book.Trim(s)
	return s != "" && s[0] >= '0' && s[0] <= '9' && strings.Trim(s, "0123456789 .,\u00a0\u202f") == ""
}
