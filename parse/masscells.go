package parse

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// openMass reads the only worksheet that can be seen, or the named one, as mass-order text that was pasted into it, a
// line in each cell. Where there is none, it fails with why no header was found.
func (s *Sheet) openMass(c chooser, failed error) error {
	var found []*massSource
	var in []*book.Sheet
	for _, entry := range c.sheets {
		named := s.said.Sheet != "" && strings.EqualFold(book.Trim(entry.Name), book.Trim(s.said.Sheet))
		if !named && (s.said.Sheet != "" || entry.Hidden) || len(s.said.Map) > 0 {
			continue
		}
		source := &bookSource{path: s.path, sheet: entry}
		if mass, is := newMassSource(source.massLines, entry.Name); is {
			found, in = append(found, mass), append(in, entry)
		}
	}
	if len(found) > 1 {
		return &FileError{Path: s.path, Wrong: "has several sheets with mass-order text: " + quoted(namesOf(in)),
			Mend: fmt.Sprintf("say which one with --sheet %q", in[0].Name)}
	}
	if found == nil {
		return failed
	}
	s.Name, s.Format = in[0].Name, "mass-order"
	source := &bookSource{path: s.path, sheet: in[0]}
	t := &Table{Sheet: s.Name, source: found[0], header: found[0].header()}
	s.tables = []*Table{t}
	if err := source.prepare(t.header, s.said.Hidden); err != nil {
		return err
	}
	source.reading.Width = 0
	found[0].from = source.massLines
	s.note(t, "each line of mass-order text stands in one cell: its parts are told as A service, B and C link and quantity")
	return nil
}

func namesOf(sheets []*book.Sheet) (names []string) {
	for _, s := range sheets {
		names = append(names, s.Name)
	}
	return names
}

// massLines are the lines of mass-order text of which each is one cell, parted.
func (s *bookSource) massLines(delimiter byte) iter.Seq2[*rawRow, error] {
	return func(yield func(*rawRow, error) bool) {
		for raw, err := range s.rows() {
			if err == nil {
				raw = s.massLine(raw, delimiter)
			}
			if !yield(raw, err) || err != nil {
				return
			}
		}
	}
}

// massLine parts the only cell that a row fills. What stands beside it isn't read, and so the row isn't either.
func (s *bookSource) massLine(raw *rawRow, delimiter byte) *rawRow {
	line := raw.clone()
	filled := func(c book.Cell) bool { return !book.Blank([]book.Cell{c}) }
	at := slices.IndexFunc(raw.Cells, filled)
	if at < 0 {
		line.Cells = nil
		return line
	}
	line.Cells = nil
	for part := range strings.SplitSeq(raw.Cells[at].Text, string(rune(delimiter))) {
		c := raw.Cells[at]
		c.Text = part
		if !isAddress(book.Trim(part)) {
			c.Target = ""
		}
		line.Cells = append(line.Cells, c)
	}
	if beside := slices.IndexFunc(raw.Cells[at+1:], filled); beside >= 0 {
		line.problems = append(line.problems, Problem{
			Sheet: s.sheet.Name, Column: Letter(at + 1 + beside), Row: raw.Number, Rule: "mass-order-line",
			Found: clip(raw.Cells[at+1+beside].Text, foundLimit), Wrong: "stands beside the line, where nothing is read",
			Mend: "write the orders as a table with a header, or empty the cell",
		})
	}
	return line
}
