package parse

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse/book"
)

// cuts is what a text with commas between its cells shows of the numbers in its quantity column, where 10,000 without
// quotes is two cells.
type cuts struct {
	quantity int  // the column, in raw rows
	never    bool // the column writes thousands without a comma, or the next one holds other numbers too
	zeros    bool // a cell behind a quantity is 000
	gaps     bool // a cell behind a quantity is empty, or no number
	odd      bool // a cell behind a quantity doesn't end with a zero
}

// cuttable is the index in raw rows of a quantity column whose numbers commas may cut; -1: there is none.
func (b *builder) cuttable() int {
	text, is := b.source.(*textSource)
	at := slices.IndexFunc(b.header.columns, func(col column) bool { return col.Field == "quantity" })
	if !is || text.delimiter != ',' || at < 0 || at+1 < len(b.header.columns) && b.header.columns[at+1].kind == integer {
		return -1
	}
	return b.header.columns[at].index
}

// seeCuts walks the rows once more. It is called where a cell is met that may be the rest of a number.
func (b *builder) seeCuts() *cuts {
	c := &cuts{quantity: b.cutAt}
	last := b.header.row
	for raw, err := range b.source.rows() {
		if err != nil {
			return c // it is told by whoever walks the rows
		}
		if raw.Number <= b.header.row || book.Blank(raw.Cells) || len(raw.problems) > 0 {
			continue
		}
		if raw.Number-last > blankRun || b.begins(raw) {
			break
		}
		last = raw.Number
		c.see(raw)
	}
	return c
}

func (c *cuts) see(raw *rawRow) {
	quantity, rest := c.cells(raw)
	if quantity == "" {
		return
	}
	_, number := parseDecimal(strings.ReplaceAll(rest, ",", "."))
	switch {
	case allDigits(quantity) && len(quantity) > 3:
		c.never = true
	case rest == "000":
		c.zeros = true
	case !number:
		c.gaps = true
	case !allDigits(rest) || len(rest) != 3:
		c.never = true
	case rest[2] != '0':
		c.odd = true
	}
}

// cells are the quantity of a row and what stands behind it.
func (c *cuts) cells(raw *rawRow) (quantity, rest string) {
	if c.quantity < len(raw.Cells) {
		quantity = book.Trim(raw.Cells[c.quantity].Text)
	}
	if c.quantity+1 < len(raw.Cells) {
		rest = book.Trim(raw.Cells[c.quantity+1].Text)
	}
	return quantity, rest
}

// cut is what is to be told of a quantity that may have been cut at its comma; nil: nothing is.
func (b *builder) cut(raw *rawRow) *Problem {
	if b.cutAt < 0 {
		return nil
	}
	quantity, rest := (&cuts{quantity: b.cutAt}).cells(raw)
	if !allDigits(quantity) || len(quantity) > 3 || quantity[0] == '0' || !allDigits(rest) || len(rest) != 3 {
		return nil
	}
	if b.cuts == nil {
		b.cuts = b.seeCuts()
	}
	p := &Problem{
		Sheet: b.sheet, Column: Letter(b.cutAt), Row: raw.Number, Field: "quantity", Rule: "thousands-cut",
		Found: quantity,
		Wrong: fmt.Sprintf("may be cut: with the cell behind it, it reads %s,%s", quantity, rest),
		Mend:  "write thousands without a comma, or put the number in quotes",
	}
	if rest == "000" {
		return p
	}
	if p.Warning, p.Asks = true, "thousands"; b.cuts.zeros {
		return p
	}
	if b.cuts.never || b.cuts.odd && !b.cuts.gaps || b.limits == nil {
		return nil
	}
	joined, _ := strconv.ParseInt(quantity+rest, 10, 64)
	least, most, known := b.limits(b.header.text(raw, "panel"), b.header.text(raw, "service"))
	if !known || joined < least || joined > most {
		return nil
	}
	return p
}

// counts is what is to be told of a service that stands under ID, where that column only counts the rows; nil: it
// doesn't.
func (b *builder) counts(raw *rawRow) *Problem {
	if !b.counted {
		b.counted, b.idAt = true, -1
		at := slices.IndexFunc(b.header.columns, func(c column) bool { return c.Field == "service" })
		if at >= 0 && b.header.columns[at].By == ByName && Fold(b.header.columns[at].Name) == "id" &&
			b.numbersRows(b.header.columns[at].index) {
			b.idAt = at
		}
	}
	if b.idAt < 0 {
		return nil
	}
	return &Problem{
		Sheet: b.sheet, Column: b.header.columns[b.idAt].Letter, Row: raw.Number, Field: "service", Rule: "row-number",
		Found:   b.header.text(raw, "service"),
		Wrong:   fmt.Sprintf("stands under %q, which counts the rows: it may be no service", b.header.columns[b.idAt].Name),
		Mend:    "name the column Service if services are meant, or add a column with them",
		Warning: true, Asks: "contradiction",
	}
}

// numbersRows tells whether the numbers of a column go up from 1, or 0, about as the rows do.
func (b *builder) numbersRows(index int) bool {
	rows, before := 0, -1
	last := b.header.row
	for raw, err := range b.source.rows() {
		if err != nil {
			return false // it is told by whoever walks the rows
		}
		if raw.Number <= b.header.row || book.Blank(raw.Cells) || len(raw.problems) > 0 || index >= len(raw.Cells) {
			continue
		}
		if raw.Number-last > blankRun || b.begins(raw) {
			break
		}
		last = raw.Number
		text := serviceNumber(book.Trim(raw.Cells[index].Text))
		if text == "" {
			continue
		}
		number, err := strconv.Atoi(text)
		rows++
		const gaps = 2 // rows that were taken out, for each that is there
		if err != nil || number <= before || rows == 1 && number > 1 || number > (gaps+1)*rows {
			return false
		}
		before = number
	}
	return rows > 0
}

// swallowed tells of a cell in quotes that holds further rows: the quote of one row was left open, and that of another
// has closed it. nil: there is none.
func (b *builder) swallowed(raw *rawRow) *Problem {
	text, is := b.source.(*textSource)
	if !is {
		return nil
	}
	for i := range raw.Cells {
		first, rest, several := strings.Cut(raw.Cells[i].Text, "\n")
		if !several || len(first) > cellLimit {
			continue
		}
		for line := range strings.SplitSeq(rest, "\n") {
			cells := strings.Split(line, string(rune(text.delimiter)))
			if len(cells) >= 3 && slices.ContainsFunc(cells, func(c string) bool { return isURL(book.Trim(c)) }) {
				return &Problem{
					Sheet: b.sheet, Column: Letter(i), Row: raw.Number, Rule: "quote-open", Found: clip(raw.Cells[i].Text, foundLimit),
					Wrong: "holds what looks like further rows: a quote in it was left open",
					Mend:  "close the quote, or remove it",
				}
			}
		}
	}
	return nil
}

// doubts are what is to be told of a row as a whole.
func (b *builder) doubts(raw *rawRow, outside int) []Problem {
	var found []Problem
	if outside >= 0 {
		found = append(found, b.outOfPlace(raw, outside))
	}
	for _, p := range [...]*Problem{b.struck(raw), b.takenOut(raw), b.cut(raw), b.counts(raw), b.swallowed(raw),
		b.mergedDown(raw)} {
		if p != nil {
			found = append(found, *p)
		}
	}
	return append(found, b.saysItsDone(raw)...)
}
