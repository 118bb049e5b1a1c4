package parse

import (
	"errors"
	"fmt"
	"io"
	"iter"

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
	if err := s.hideColumns(source, o.Hidden, f, best); err != nil {
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
