package parse

import (
	"fmt"
	"strings"

	"bulkorder/parse/book"
)

// hideColumns asks the person where hidden columns hold fields that a row fills in: an order may be ten times as large
// by runs that nobody sees. Where they are to be left out, they are carried along like columns that aren't known.
func (s *Sheet) hideColumns(source *bookSource, hidden string, f *finder, best candidate) error {
	var fields []int // of the header's columns
	for i, col := range s.header.columns {
		if col.Field != "" && source.reading.Layout.HidesColumn(col.index) {
			fields = append(fields, i)
		}
	}
	if fields == nil {
		return nil
	}
	filled, err := source.filled(s.header, fields)
	if err != nil || filled == nil {
		return err
	}
	var names []string
	for _, i := range filled {
		col := &s.header.columns[i]
		names = append(names, fmt.Sprintf("%s %q (%s)", col.Letter, clip(col.Name, foundLimit), col.Field))
		if hidden == "skip" {
			best.fields[col.index] = ""
			col.Field, col.By, col.kind, col.extra = "", Unused, plain, false
		}
	}
	list := strings.Join(names, ", ")
	switch {
	case hidden == "":
		return &FileError{
			Path:  source.path,
			Wrong: fmt.Sprintf("sheet %q has hidden columns that orders would take values from: %s", s.Name, list),
			Mend:  "say --hidden include to order by them, --hidden skip to leave them out, or unhide them",
		}
	case hidden == "skip" && !best.complete():
		return chooser{path: source.path, finder: f}.noHeader(source.sheet, best)
	}
	verb := map[string]string{"skip": "left out", "include": "read like the others"}[hidden]
	s.Notes = append(s.Notes, fmt.Sprintf("hidden columns %s, as --hidden says: %s", verb, list))
	return nil
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
