package parse

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// openWorkbook chooses the worksheet and makes it the sheet's source.
func (s *Sheet) openWorkbook(path string, file io.ReaderAt, size int64, o Options, f *finder) error {
	w, err := book.Open(file, size)
	if err != nil {
		return inFile(path, err)
	}
	s.closer = append(s.closer, w.Close)
	source, best, err := chooser{path, w.Sheets, f}.choose(o.Sheet)
	if err != nil {
		return err
	}
	s.Name, s.Format, s.source = source.sheet.Name, "xlsx", source
	if s.header, err = f.header(path, s.Name, best); err != nil {
		return err
	}
	if err := source.prepare(s.header, o.Hidden); err != nil {
		return err
	}
	if n := source.reading.Layout.HiddenRows; n > 0 {
		verb := map[string]string{"skip": "skipped", "include": "read like the others"}[o.Hidden]
		s.Notes = append(s.Notes, fmt.Sprintf("hidden rows %s, as --hidden says: %d", verb, n))
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

// chooser finds the worksheet with the orders.
type chooser struct {
	path   string
	sheets []*book.Sheet
	finder *finder
}

// choose finds the worksheet with the orders: the named one, or the only one that has a header. Hidden sheets are not
// looked at unless they are named.
func (c chooser) choose(name string) (*bookSource, candidate, error) {
	if name != "" {
		return c.named(name)
	}
	ready, others, err := c.look()
	switch {
	case err != nil:
		return nil, candidate{}, err
	case len(ready) == 1:
		return ready[0].source, ready[0].best, nil
	case len(ready) > 1:
		var names []string
		for _, hit := range ready {
			names = append(names, hit.source.sheet.Name)
		}
		return nil, candidate{}, &FileError{
			Path:  c.path,
			Wrong: "has several sheets with orders: " + quoted(names),
			Mend:  fmt.Sprintf("say which one with --sheet %q", names[0]),
		}
	case len(others) == 0:
		return nil, candidate{}, &FileError{
			Path:  c.path,
			Wrong: "has no sheet that can be seen",
			Mend:  "unhide the sheet with the orders, or name it with --sheet",
		}
	}
	nearest := slices.MaxFunc(others, func(a, b looked) int { return cmp.Compare(a.best.known, b.best.known) })
	return nil, candidate{}, c.noHeader(nearest.source.sheet, nearest.best)
}

// looked is a worksheet and the best header in it.
type looked struct {
	source *bookSource
	best   candidate
}

// look finds the worksheets that can be seen with a header of orders, and the others. Those that the tool itself writes
// count only where there is none else.
func (c chooser) look() (ready, others []looked, err error) {
	var own []looked
	for _, entry := range c.sheets {
		if entry.Hidden {
			continue
		}
		source := &bookSource{path: c.path, sheet: entry}
		best, err := c.finder.search(source)
		if err != nil {
			return nil, nil, err
		}
		switch hit := (looked{source, best}); {
		case !best.complete():
			others = append(others, hit)
		case ownSheet(entry.Name):
			own = append(own, hit)
		default:
			ready = append(ready, hit)
		}
	}
	if len(ready) == 0 {
		ready = own
	}
	return ready, others, nil
}

func (c chooser) named(name string) (*bookSource, candidate, error) {
	var names []string
	for _, entry := range c.sheets {
		if entry.Name == name || strings.EqualFold(book.Trim(entry.Name), book.Trim(name)) {
			source := &bookSource{path: c.path, sheet: entry}
			best, err := c.finder.search(source)
			if err == nil && !best.complete() {
				err = c.noHeader(entry, best)
			}
			return source, best, err
		}
		names = append(names, entry.Name)
	}
	return nil, candidate{}, &FileError{
		Path:  c.path,
		Wrong: fmt.Sprintf("has no sheet %q", name),
		Mend:  "use one of " + quoted(names),
	}
}

func (c chooser) noHeader(sheet *book.Sheet, best candidate) error {
	wrong, mend := c.finder.missing(best)
	return &FileError{Path: c.path, Wrong: fmt.Sprintf("sheet %q %s", sheet.Name, wrong), Mend: mend}
}

// ownSheet tells of the sheets that the tool itself writes beside the orders.
func ownSheet(name string) bool {
	switch strings.ToLower(book.Trim(name)) {
	case "summary", "problems", "to fix", "services", "services used", "help", "history":
		return true
	}
	return false
}
