package parse

import "slices"

// goesOn warns of the last row where this one holds nothing but more of its list: comments that stand in cells below
// each other belong to one order, and the first alone would be sent.
func (b *builder) goesOn(raw *rawRow) {
	only := -1 // the column of the list
	for _, i := range b.filled {
		switch col := &b.header.columns[i]; {
		case col.Field == "":
		case only < 0 && (col.kind == list || col.kind == idList):
			only = i
		default:
			return
		}
	}
	if only < 0 || len(b.rows) == 0 {
		return
	}
	col, above := &b.header.columns[only], len(b.rows)-1
	at := slices.Index(b.fields, col.Field)
	row := &b.rows[above]
	is := func(p Problem) bool { return p.Rule == "list-below" }
	if at < 0 || row.Number != raw.Number-1 || slices.ContainsFunc(row.Problems, is) ||
		b.values[above][at] == "" || !b.orders(b.values[above]) {
		return
	}
	row.Problems = append(row.Problems, Problem{
		Sheet: b.sheet, Column: col.Letter, Row: row.Number, Field: col.Field, Rule: "list-below",
		Found:   clip(b.values[above][at], foundLimit),
		Wrong:   "is all that would be sent, and the row below holds nothing but more of it",
		Mend:    "write all of it in one cell, each on a line of its own, or accept the row",
		Warning: true, Asks: "comments",
	})
}

// orders tells whether values are of a row that may be ordered.
func (b *builder) orders(values []string) bool {
	at := slices.Index(b.fields, "service")
	return at >= 0 && values[at] != ""
}

// flushOthers hands on all rows but the last, of which the next one may tell something.
func (b *builder) flushOthers(yield func(Row, error) bool) bool {
	last := len(b.rows) - 1
	row, values := b.rows[last], b.values[last]
	b.rows, b.values = b.rows[:last], b.values[:last]
	if !b.flush(yield) {
		return false
	}
	b.rows, b.values = append(b.rows, row), append(b.values, values)
	return true
}
