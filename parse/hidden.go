package parse

import (
	"fmt"
	"strings"

	"bulkorder/parse/book"
)

// hideColumns finds the hidden columns that hold fields: an order may be ten times as large by runs that nobody sees.
// Rows that have something there are warned of, where the person hasn't decided. Where they are to be left out, they
// are carried along like columns that aren't known.
func (s *Sheet) hideColumns(source *bookSource, t *Table, best candidate) error {
	var fields []int // of the header's columns
	for i := range t.header.columns {
		col := &t.header.columns[i]
		if col.Field != "" && source.reading.Layout.HidesColumn(col.index) {
			fields = append(fields, i)
			col.hidden = s.said.Hidden == ""
		}
	}
	if fields == nil || s.said.Hidden == "" {
		return nil
	}
	filled, err := source.filled(t.header, fields)
	if err != nil || filled == nil {
		return err
	}
	skip := s.said.Hidden == "skip"
	var names []string
	for _, i := range filled {
		col := &t.header.columns[i]
		names = append(names, fmt.Sprintf("%s %q (%s)", col.Letter, clip(col.Name, foundLimit), col.Field))
		if skip {
			best.fields[col.index] = ""
			col.Field, col.By, col.kind, col.extra = "", Unused, plain, false
		}
	}
	if skip && !best.complete() {
		return chooser{path: source.path, finder: s.finder}.noHeader(source.sheet, best)
	}
	verb := "read like the others"
	if skip {
		verb = "left out"
	}
	s.note(t, fmt.Sprintf("hidden columns %s, as --hidden says: %s", verb, strings.Join(names, ", ")))
	return nil
}

// unseen is the warning about a field that stands in a hidden column.
func (b *builder) unseen(raw *rawRow, col *column) Problem {
	return Problem{
		Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Field: col.Field, Rule: "hidden-column",
		Found:   clip(raw.Cells[col.index].Text, foundLimit),
		Wrong:   "stands in a hidden column, and would be ordered by",
		Mend:    "leave what is hidden out with --hidden skip, order by it with --hidden include, or accept it",
		Warning: true, Asks: "hidden", Option: "--hidden skip",
	}
}

// filled gives those of the header's columns in which a row below the header has something.
func (s *bookSource) filled(h header, columns []int) (filled []int, err error) {
	has := map[int]bool{}
	for raw, err := range s.rows() {
		if err != nil {
			return nil, err
		}
		if raw.Number <= h.row {
			continue
		}
		for _, i := range columns {
			at := h.columns[i].index
			has[i] = has[i] || at < len(raw.Cells) && !book.Blank(raw.Cells[at:at+1])
		}
	}
	for _, i := range columns {
		if has[i] {
			filled = append(filled, i)
		}
	}
	return filled, nil
}
