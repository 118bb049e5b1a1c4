package parse

import (
	"fmt"
	"strings"

	"bulkorder/parse/book"
)

// condition is what a cell must hold, or must not hold, for its row to be read: --where "Status!=done".
type condition struct {
	said  string // as the person wrote it
	index int    // of the cell in raw rows
	value string
	not   bool
	left  tally // rows that it left out

	absent bool // the table has no such column: each of its cells is empty
}

// conditions finds the columns that --where names.
func (h header) conditions(path string, said []string) ([]condition, error) {
	var all []condition
	for _, text := range said {
		name, value, found := strings.Cut(text, "=")
		if !found {
			return nil, &FileError{
				Path: path, Wrong: fmt.Sprintf("cannot be read with --where %q", text),
				Mend: `write it as "Column=value" or "Column!=value"`,
			}
		}
		c := condition{said: text, value: book.Trim(value), index: -1}
		name, c.not = strings.CutSuffix(book.Trim(name), "!")
		var names []string
		for _, col := range h.columns {
			names = append(names, col.Name)
			if col.Name != "" && (col.Name == book.Trim(name) || c.index < 0 && same(col.Name, name)) {
				c.index = col.index
			}
		}
		if c.index < 0 {
			return nil, &FileError{
				Path: path, Wrong: fmt.Sprintf("has no column %q, which --where names", book.Trim(name)),
				Mend: "use one of " + quoted(names),
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// same compares names of columns as [Fold] does, but for those that it leaves nothing of.
func same(a, b string) bool {
	return Fold(a) == Fold(b) && Fold(a) != "" || strings.EqualFold(book.Trim(a), book.Trim(b))
}

// holds tells whether the row is as the condition wants it. How the letters are written doesn't count, as it doesn't
// for words that say done, nor do blanks and stops around.
func (c *condition) holds(raw *rawRow) bool {
	text := ""
	if !c.absent && c.index < len(raw.Cells) {
		text = book.Trim(raw.Cells[c.index].Text)
	}
	return (text == c.value || plainText(text) == plainText(c.value)) != c.not
}

// leftOut tells whether a row is left out because the person said so.
func (b *builder) leftOut(raw *rawRow) bool {
	for i := range b.where {
		if c := &b.where[i]; !c.holds(raw) {
			c.left.add(raw.Number)
			return true
		}
	}
	if b.skipStruck && b.struck(raw) != nil {
		b.crossed.add(raw.Number)
		return true
	}
	return b.skips(raw)
}
