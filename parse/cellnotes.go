package parse

import (
	"strings"

	"bulkorder/parse/book"
)

// noteDoubt is the warning about a comment on a cell of the row that says done, or not to be ordered; nil: none does.
func (b *builder) noteDoubt(raw *rawRow) *Problem {
	for _, n := range raw.Notes {
		for line := range strings.Lines(n.Text) {
			line = book.Trim(line)
			if line == "" || !b.done.words.says(line, noteHead) {
				if p := b.correctDoubt(raw, n.Column, line, b.fieldAt(n.Column), "in the comment on the cell"); p != nil {
					return p
				}
				continue
			}
			return &Problem{
				Sheet: b.sheet, Column: Letter(n.Column), Row: raw.Number, Rule: "comment-done", Found: clip(line, foundLimit),
				Wrong:   "stands in the comment on the cell: the row may be done, or not to be ordered",
				Mend:    "delete the comment if it holds no longer, or accept the row",
				Warning: true, Asks: "done",
			}
		}
	}
	return nil
}

// fieldAt is the field that the column with that index in the rows holds; "": none, or one that isn't known.
func (b *builder) fieldAt(index int) string {
	for i := range b.header.columns {
		if col := &b.header.columns[i]; col.index == index {
			return col.Field
		}
	}
	return ""
}
