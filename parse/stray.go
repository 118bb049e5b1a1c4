package parse

import (
	"bulkorder/parse/book"
)

// stray is a cell that stands in no column of the header: beside the table, where people tick rows off, or go on with
// further links.
type stray struct {
	index int
	text  string
}

// strays are those of a row.
func (b *builder) strays(raw *rawRow) (all []stray) {
	columns := b.header.columns
	first, last := columns[0].index, columns[len(columns)-1].index
	for i := range raw.Cells {
		if (i < first || i > last) && !book.Blank(raw.Cells[i:i+1]) {
			all = append(all, stray{i, book.Trim(raw.Cells[i].Text)})
		}
	}
	for _, text := range raw.Beyond {
		all = append(all, stray{raw.Outside, book.Trim(text)})
	}
	return all
}

// strayDoubt is the warning about a cell beside the table that says done, or holds a link that nobody orders for; nil:
// there is none.
func (b *builder) strayDoubt(raw *rawRow) *Problem {
	if !b.stray {
		return nil
	}
	const longest = 200 // bytes: what is longer is no mark
	for _, s := range b.strays(raw) {
		p := &Problem{
			Sheet: b.sheet, Column: Letter(s.index), Row: raw.Number, Rule: "beside-done", Found: clip(s.text, foundLimit),
			Wrong:   "stands beside the table, in a column without a name: the row may be done, or not to be ordered",
			Mend:    "give the column a name, or accept the row",
			Warning: true, Asks: "done",
		}
		switch {
		case isURL(s.text):
			p.Rule, p.Asks = "beside-link", "contradiction"
			p.Wrong = "stands beside the table, in a column without a name: nothing is ordered for it"
			p.Mend = "give it a row of its own, or accept the row as it stands"
			return p
		case len(s.text) <= longest && !allDigits(s.text) && b.done.words.says(s.text, stateHead):
			return p
		}
	}
	return nil
}
