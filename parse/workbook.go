package parse

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// openWorkbook chooses the worksheets with the orders, and makes a table of each.
func (s *Sheet) openWorkbook(w *book.Workbook) error {
	c := chooser{s.path, w.Sheets, s.finder}
	s.Format = "xlsx"
	if s.said.AllSheets {
		return s.openTabs(c)
	}
	source, best, err := c.choose(s.said.Sheet)
	if err != nil {
		return s.openMass(c, err)
	}
	s.Name = source.sheet.Name
	t := &Table{Sheet: s.Name, source: source}
	s.tables = []*Table{t}
	if t.header, err = s.finder.header(s.path, s.Name, best); err != nil {
		return err
	}
	return s.prepare(source, t, best)
}

// openTabs makes a table of each worksheet that has a header.
func (s *Sheet) openTabs(c chooser) error {
	if s.said.Sheet != "" {
		return &FileError{Path: s.path, Wrong: "cannot be read with both --sheet and --all-sheets", Mend: "give one of them"}
	}
	ready, others, err := c.look()
	switch {
	case err != nil:
		return err
	case len(ready) == 0:
		_, _, err := c.choose("")
		return s.openMass(c, err)
	case len(ready) > mostTabs:
		return &FileError{Path: s.path, Wrong: fmt.Sprintf("has more than %d sheets with orders", mostTabs),
			Mend: "split it into several workbooks"}
	}
	if err := s.finder.namesAny(s.path, ready); err != nil {
		return err
	}
	if err := s.areThere(ready); err != nil {
		return err
	}
	var names, passed, left []string
	for i, hit := range ready { // a row keeps its [Line] whichever worksheets are read with its own
		if name := hit.source.sheet.Name; len(s.said.Sheets) > 0 && !slices.Contains(s.said.Sheets, name) {
			left = append(left, name)
			continue
		}
		t := &Table{Sheet: hit.source.sheet.Name, Tab: hit.source.sheet.Name, tab: i + 1, source: hit.source}
		if t.header, err = s.finder.headerOf(s.path, t.Sheet, hit.best); err != nil {
			return err
		}
		if err := s.prepare(hit.source, t, hit.best); err != nil {
			return err
		}
		s.tables, names = append(s.tables, t), append(names, t.Sheet)
	}
	s.Name = strings.Join(names, ", ")
	for _, hit := range others {
		if !ownSheet(hit.source.sheet.Name) {
			passed = append(passed, hit.source.sheet.Name)
		}
	}
	for _, entry := range c.sheets {
		if entry.Hidden {
			passed = append(passed, entry.Name+" (hidden)")
		}
	}
	s.Notes = append(s.Notes, fmt.Sprintf("sheets that are read as one: %s", quoted(names)))
	if left != nil {
		s.Notes = append(s.Notes, "sheets that are left out, as they weren't chosen: "+quoted(left))
	}
	if passed != nil {
		s.Notes = append(s.Notes, "sheets that are passed over, as they have no header of orders or are hidden: "+
			quoted(passed))
	}
	return nil
}

// areThere fails where a worksheet that is named isn't among those that have a header.
func (s *Sheet) areThere(ready []looked) error {
	for _, name := range s.said.Sheets {
		is := func(l looked) bool { return l.source.sheet.Name == name }
		if !slices.ContainsFunc(ready, is) {
			return &FileError{Path: s.path, Wrong: fmt.Sprintf("has no sheet %q with orders", clip(name, foundLimit)),
				Mend: "choose the sheets again"}
		}
	}
	return nil
}

// prepare makes the table's source ready, with what is hidden in it decided.
func (s *Sheet) prepare(source *bookSource, t *Table, best candidate) error {
	if err := source.prepare(t.header, s.said.Hidden); err != nil {
		return err
	}
	if err := s.hideColumns(source, t, best); err != nil {
		return err
	}
	if n := source.reading.Layout.HiddenRows; n > 0 {
		verb := map[string]string{"skip": "skipped", "include": "read like the others"}[s.said.Hidden]
		s.note(t, fmt.Sprintf("hidden rows %s, as --hidden says: %d", verb, n))
	}
	return nil
}

// inFile names the file that is at fault.
func inFile(path string, err error) error {
	var f *book.Fault
	if errors.As(err, &f) {
		return &FileError{Path: path, Wrong: f.Wrong, Mend: f.Mend, Err: f.Err}
	}
	return err
}

// bookSource reads a worksheet.
type bookSource struct {
	path    string
	sheet   *book.Sheet
	reading book.Reading
}

func (s *bookSource) rows() iter.Seq2[*rawRow, error] {
	return func(yield func(*rawRow, error) bool) {
		var raw rawRow
		for row, err := range s.sheet.Rows(s.reading) {
			if err != nil {
				yield(nil, inFile(s.path, err))
				return
			}
			if raw.Row = *row; !yield(&raw, nil) {
				return
			}
		}
	}
}

// prepare looks at the whole sheet before its rows are read, and asks the person where rows are hidden.
func (s *bookSource) prepare(h header, hidden string) error {
	l, err := s.sheet.Layout(h.row)
	if err != nil {
		return inFile(s.path, err)
	}
	if l.HiddenRows > 0 && hidden == "" {
		return &FileError{
			Path:  s.path,
			Wrong: fmt.Sprintf("sheet %q has hidden or filtered rows with content: %d", s.sheet.Name, l.HiddenRows),
			Mend:  "say --hidden include to order them too, --hidden skip to leave them out, or unhide them",
		}
	}
	s.reading = book.Reading{
		Layout:     l,
		Header:     h.row,
		Width:      h.columns[len(h.columns)-1].index + 1,
		SkipHidden: hidden == "skip",
	}
	return s.headerMerge(h)
}

// headerMerge refuses a header cell over several columns: which of them holds the field cannot be known.
func (s *bookSource) headerMerge(h header) error {
	for _, m := range s.reading.Layout.Merges {
		if m.Top > h.row || m.Bottom < h.row || m.Left == m.Right {
			continue
		}
		for _, col := range h.columns {
			if col.Field != "" && col.index >= m.Left && col.index <= m.Right {
				return &FileError{Path: s.path,
					Wrong: fmt.Sprintf("the header %s %q is merged over the columns %s to %s, so which of them holds %s is not known",
						place(s.sheet.Name, col.index, h.row), col.Name, Letter(m.Left), Letter(m.Right), col.Field),
					Mend: "unmerge the header, and name each column"}
			}
		}
	}
	return nil
}
