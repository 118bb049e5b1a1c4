package parse

import (
	"fmt"
	"slices"

	"bulkorder/parse/book"
)

// mergedQuantities are the merges that cover quantities of several rows, by their first.
func (b *builder) mergedQuantities() []book.Area {
	source, is := b.source.(*bookSource)
	at := slices.IndexFunc(b.header.columns, func(c column) bool { return c.Field == "quantity" })
	if !is || at < 0 {
		return nil
	}
	index := b.header.columns[at].index
	return slices.DeleteFunc(slices.Clone(source.reading.Layout.Merges), func(a book.Area) bool {
		return a.Left > index || a.Right < index || a.Top == a.Bottom || a.Top <= b.header.row
	})
}

// mergedDown is the warning about a quantity that stands in a cell which is merged over several rows: it may be meant
// for all of them together. nil: it doesn't.
func (b *builder) mergedDown(raw *rawRow) *Problem {
	for len(b.merged) > 0 && b.merged[0].Bottom < raw.Number {
		b.merged = b.merged[1:]
	}
	quantity := b.header.text(raw, "quantity")
	if len(b.merged) == 0 || b.merged[0].Top > raw.Number || quantity == "" {
		return nil
	}
	m := b.merged[0]
	return &Problem{
		Sheet: b.sheet, Column: Letter(m.Left), Row: raw.Number, Field: "quantity", Rule: "quantity-merged", Found: quantity,
		Wrong: fmt.Sprintf("stands in a cell that is merged over the rows %d to %d: it may be meant for all of them together",
			m.Top, m.Bottom),
		Mend:    "unmerge the cells and give each row its own quantity, or accept it for each",
		Warning: true, Asks: "contradiction",
	}
}
