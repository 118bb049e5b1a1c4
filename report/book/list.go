package book

import (
	"errors"
	"iter"

	"github.com/xuri/excelize/v2"
)

// list is a sheet that is a table: a column for each thing that is told of an item, a row for each item.
type list[T any] struct {
	name    string // of the sheet, new to the workbook
	colour  string // of its tab
	table   string // name of the Excel table
	columns []listColumn[T]
	rows    iter.Seq2[T, error]
	inSight int                  // columns on the left that stay in sight, and stand on each page
	printed int                  // columns that are printed, on as many pages side by side as they need; 0: all, on one
	full    []any                // the last row where a sheet has no room for more; nil: that is an error
	before  func(s *sheet) error // done when all rows are there; nil: nothing
	totals  [][]any              // rows below the table, behind a blank one: they would be sorted with it
}

// listColumn is a column of a list.
type listColumn[T any] struct {
	column
	cell func(T) any
}

// write writes the sheet.
func (l list[T]) write(w *workbook) error {
	s, err := w.newSheet(l.name, l.colour)
	if err != nil {
		return err
	}
	columns := make([]column, len(l.columns))
	for i, c := range l.columns {
		columns[i] = c.column
	}
	s.repeated, s.printed = l.inSight, l.printed
	if err := errors.Join(s.freeze(l.inSight, 1), s.lay(columns), s.head(columns), w.many(s, columns)); err != nil {
		return err
	}
	row := make([]any, len(columns))
	for item, err := range l.rows {
		if err != nil {
			return err
		}
		if l.full != nil && s.rows == excelize.TotalRows-1 {
			if err := s.add(l.full); err != nil {
				return err
			}
			break
		}
		for i, c := range l.columns {
			row[i] = c.cell(item)
		}
		if err := s.add(row); err != nil {
			return err
		}
	}
	if l.before != nil {
		if err := l.before(s); err != nil {
			return err
		}
	}
	s.below = l.totals
	return s.finish(l.table, 1, len(columns))
}

// each walks a slice as a list wants it.
func each[T any](all []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range all {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// words, numbers, amounts, ids and times make columns that hold such.
func (s styles) words(name string, width float64) column {
	return column{name: name, width: width, style: s.left, head: s.head}
}

func (s styles) numbers(name string, width float64) column {
	return column{name: name, width: width, style: s.number, head: s.headRight}
}

func (s styles) amounts(name string, width float64) column {
	return column{name: name, width: width, style: s.charge, head: s.headRight}
}

func (s styles) rates(name string, width float64) column {
	return column{name: name, width: width, style: s.rate, head: s.headRight}
}

func (s styles) ids(name string, width float64) column {
	return column{name: name, width: width, style: s.text, head: s.head}
}

func (s styles) times(name string, width float64) column {
	return column{name: name, width: width, style: s.when, head: s.head}
}
