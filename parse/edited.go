package parse

import "bulkorder/parse/book"

// edited gives a row as a person changed it since. A cell that was changed is plain text: what the file says of its
// number, its link and its strike was about what stood there.
func (b *builder) edited(raw *rawRow) *rawRow {
	cells := b.edits[Line{N: raw.Number, Tab: b.table.Sheet}]
	if cells == nil {
		cells = b.edits[Line{N: Row{Number: raw.Number, Table: b.table}.Line().N}]
	}
	if len(cells) == 0 {
		return raw
	}
	raw = raw.clone()
	for i := range b.header.columns {
		col := &b.header.columns[i]
		text, is := cells[col.Letter]
		if !is {
			continue
		}
		for len(raw.Cells) <= col.index {
			raw.Cells = append(raw.Cells, book.Cell{})
		}
		raw.Cells[col.index] = book.Cell{Text: text}
	}
	return raw
}
