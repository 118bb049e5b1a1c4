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
