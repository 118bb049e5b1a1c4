package parse

import (
	"cmp"
	"errors"
	"path/filepath"

	"bulkorder/parse/book"
)

// Tab is what one worksheet of a file looks like, or a text file.
type Tab struct {
	Name    string // the worksheet's; "" for text
	Orders  bool   // orders can be read below its header
	Rows    int    // below the header that hold anything
	Columns []Column
	Values  [][]string // what the first of these rows hold, by column
}

// glanced is how many values of a column are shown.
const glanced = 3

// Glance tells what is in a file, also where it can't be read as a sheet yet: the worksheets that can be seen, what
// looks most like a header in each, and the first values below it. Mass-order text has no columns.
func Glance(path string, o Options) (tabs []Tab, err error) {
	s := &Sheet{File: cmp.Or(o.Called, filepath.Base(path))}
	defer func() { err = errors.Join(err, s.Close()) }()
	file, size, err := s.content(path, nil)
	if err != nil {
		return nil, err
	}
	if s.finder, err = newFinder(s.File, o); err != nil {
		return nil, err
	}
	format, err := sniff(s.File, file, size, o)
	if err != nil {
		return nil, err
	}
	if format != zipFile {
		t, err := openText(s.File, file, size, o.Encoding)
		if err != nil {
			return nil, err
		}
		text, best, err := newTextSource(s.File, t, o, s.finder, s.File)
		if err != nil {
			return nil, err
		}
		if _, mass := newMassSource(t.massLines(s.File), s.File); mass && !best.complete() {
			return []Tab{{Orders: true}}, nil
		}
		tab, err := glance(looked{best: best}, text)
		return []Tab{tab}, err
	}
	w, err := book.Open(file, size)
	if err != nil {
		return nil, inFile(s.File, err)
	}
	s.closer = append(s.closer, w.Close)
	ready, others, err := chooser{s.File, w.Sheets, s.finder}.look()
	for _, hit := range append(ready, others...) {
		if err != nil {
			break
		}
		tab := Tab{Orders: true}
		if _, mass := newMassSource(hit.source.massLines, hit.source.sheet.Name); !mass || hit.best.complete() {
			tab, err = glance(hit, hit.source)
		}
		tab.Name = hit.source.sheet.Name
		tabs = append(tabs, tab)
	}
	return tabs, err
}

// glance looks at the rows below what is most like a header.
func glance(hit looked, rows source) (Tab, error) {
	tab := Tab{Orders: hit.best.complete()}
	for i, text := range hit.best.texts {
		by := hit.best.by[i]
		if hit.best.fields[i] == "" {
			by = Unused
		}
		tab.Columns = append(tab.Columns, Column{Letter: Letter(i), Name: text, Field: hit.best.fields[i], By: by})
	}
	tab.Values = make([][]string, len(tab.Columns))
	for raw, err := range rows.rows() {
		if err != nil {
			return tab, err
		}
		if raw.Number <= hit.best.row || book.Blank(raw.Cells) {
			continue
		}
		if tab.Rows++; tab.Rows > glanced {
			continue
		}
		for i := range tab.Columns {
			text := ""
			if i < len(raw.Cells) {
				text = clip(raw.Cells[i].Text, 60)
			}
			tab.Values[i] = append(tab.Values[i], text)
		}
	}
	return tab, nil
}
