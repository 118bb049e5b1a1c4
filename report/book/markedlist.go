package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/report"
)

// listMarks adds a sheet that lists all problems, each with a link to its cell, which stands some rows
// further down than in the person's sheet.
func (w *workbook) listMarks(all []mark, down int) error {
	if len(all) == 0 {
		return nil
	}
	taken := map[string]bool{}
	for _, name := range w.file.GetSheetList() {
		taken[strings.ToLower(name)] = true
	}
	const more = "there are more problems than a sheet has rows"
	return list[markedProblem]{
		name:    report.FreeName(sheetProblems, taken),
		colour:  red,
		table:   w.freeTable("Problems_list"),
		columns: w.markColumns(),
		rows:    markedProblems(all, down),
		full:    []any{nil, nil, nil, nil, more},
	}.write(w)
}

// markedProblem is a problem and the cell where its mark is.
type markedProblem struct {
	parse.Problem
	weight weight
	sheet  string
	cell   string
}

func markedProblems(all []mark, down int) iter.Seq2[markedProblem, error] {
	return func(yield func(markedProblem, error) bool) {
		for _, k := range all {
			cell, err := k.name(down)
			if err != nil {
				yield(markedProblem{}, err)
				return
			}
			for _, p := range k.problems {
				if p.sheet, p.cell = k.sheet, cell; !yield(p, nil) {
					return
				}
			}
		}
	}
}

func (w *workbook) markColumns() []listColumn[markedProblem] {
	type p = markedProblem
	s := w.styles
	return []listColumn[p]{
		{s.words("Cell", 12), func(p p) any {
			shown := p.cell
			if p.Tab != "" {
				shown = p.sheet + "!" + p.cell
			}
			return excelize.Cell{
				StyleID: w.styles.link,
				Formula: fmt.Sprintf("HYPERLINK(%s,%s)",
					formulaText("#"+quotedSheet(p.sheet)+"!"+p.cell), formulaText(shown)),
				Value: shown,
			}
		}},
		{s.words("Row", 8), func(p p) any { return rowCell(p.Line()) }},
		{s.words("Field", 16), func(p p) any { return text(p.Field) }},
		{s.words("Found", 30), func(p p) any { return word(p.Found) }},
		{s.words("What is wrong", 64), func(p p) any { return fit(p.Wrong) }},
		{s.words("How to mend it", 58), func(p p) any { return fit(p.Mend) }},
		{s.words("Weight", 12), func(p p) any { return p.weight.String() }},
	}
}

// weightOf tells whether a problem keeps the row from being sent.
func weightOf(p parse.Problem) weight {
	if p.Warning {
		return remark
	}
	return fault
}

// freeTable gives the name, or the name with the first number that no table of the workbook has yet. It reads
// the tables' own parts: excelize's list of them would read all sheets, and write them anew.
func (w *workbook) freeTable(name string) string {
	var tables strings.Builder
	w.file.Pkg.Range(func(part, content any) bool {
		if text, is := content.([]byte); is && strings.HasPrefix(part.(string), "xl/tables/") {
			tables.Write(bytes.ToLower(text))
		}
		return true
	})
	unique := name
	for n := 2; strings.Contains(tables.String(), `name="`+strings.ToLower(unique)+`"`); n++ {
		unique = fmt.Sprintf("%s_%d", name, n)
	}
	return unique
}

// quotedSheet is a sheet's name in a reference.
func quotedSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// stream writes the rows alone, each at its own number, with the marks. A sheet without a header, whose first
// row is an order, is moved down by one for the header.
func (m Marked) stream(to io.Writer) error {
	w := workbook{file: excelize.NewFile()}
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newZip(to) })
	err := m.streamInto(&w)
	if err == nil {
		err = w.file.Write(io.Discard)
	}
	return errors.Join(err, w.file.Close())
}

func (m Marked) streamInto(w *workbook) (err error) {
	if w.styles, err = newStyles(w.file); err != nil {
		return err
	}
	if err := w.file.SetSheetName("Sheet1", sheetOrders); err != nil {
		return err
	}
	s, err := w.streamOf(sheetOrders, slate)
	if err != nil {
		return err
	}
	columns, err := m.streamColumns(w)
	if err != nil {
		return err
	}
	header := make([]any, len(columns))
	for i, c := range columns {
		if c.name != "" {
			header[i] = excelize.Cell{StyleID: c.head, Value: c.name}
		}
	}
	if err := errors.Join(s.freeze(0, 1), s.lay(columns), s.add(header)); err != nil {
		return err
	}
	all := m.marks()
	for i := range all {
		all[i].sheet = sheetOrders
	}
	down, err := m.streamRows(w, s, all)
	if err == nil {
		err = m.streamComments(w, all, down)
	}
	if err == nil {
		err = errors.Join(landscape(w.file, s.Sheet, 1), s.Flush())
	}
	if err != nil {
		return err
	}
	return w.listMarks(all, down)
}

// streamColumns gives the columns, each at its own letter, as wide as the first rows need, under the head that the
// first table gives them.
func (m Marked) streamColumns(w *workbook) ([]column, error) {
	var columns []column
	for _, t := range m.Sheet.Tables() {
		for _, c := range t.Columns {
			at := number(c.Letter) - 1
			for len(columns) <= at {
				columns = append(columns, column{width: 4, style: w.styles.left, head: w.styles.head})
			}
			if t == m.Sheet.Tables()[0] {
				columns[at].name = c.Name
			}
			columns[at].width = max(columns[at].width, narrowest)
			columns[at].widen(c.Name+"  ", widest)
		}
	}
	n := 0
	for r, err := range m.Sheet.Rows() {
		if err != nil {
			return nil, err
		}
		for i, c := range r.Table.Cells(r) {
			columns[number(r.Table.Columns[i].Letter)-1].widen(c, widest)
		}
		if n++; n == measured {
			break
		}
	}
	return columns, nil
}

// streamRows copies the rows, and gives by how many they were moved down.
func (m Marked) streamRows(w *workbook, s *sheet, all []mark) (down int, err error) {
	var grounds [fault + 1]int
	for i := range grounds {
		if grounds[i], err = w.groundOf(mark{gravest: weight(i)}); err != nil {
			return 0, err
		}
	}
	var table *parse.Table
	for r, err := range m.Sheet.Rows() {
		if err != nil {
			return down, err
		}
		if r.Number == 1 {
			down = 1
		}
		if table != nil && table != r.Table { // the head of a further table
			s.rows = r.Table.Row() + down - 1
			if err := s.add(headOf(r.Table, w)); err != nil {
				return down, err
			}
		}
		table = r.Table
		first := number(table.Columns[0].Letter)
		row := make([]any, first-1, first-1+len(table.Columns))
		for _, c := range table.Cells(r) {
			row = append(row, text(c))
		}
		for ; len(all) > 0 && all[0].row <= r.Number; all = all[1:] {
			for len(row) < all[0].column {
				row = append(row, nil)
			}
			row[all[0].column-1] = excelize.Cell{StyleID: grounds[all[0].gravest], Value: row[all[0].column-1]}
		}
		s.rows = r.Number + down - 1
		if err := s.add(row); err != nil {
			return down, err
		}
	}
	return down, nil
}

// headOf is the row that names a table's columns.
func headOf(t *parse.Table, w *workbook) []any {
	row := make([]any, number(t.Columns[0].Letter)-1)
	for _, c := range t.Columns {
		row = append(row, excelize.Cell{StyleID: w.styles.head, Value: c.Name})
	}
	return row
}

// groundOf is the style of a cell that is marked so.
func (w *workbook) groundOf(k mark) (int, error) {
	ground, ink := k.colour()
	return w.file.NewStyle(
		&excelize.Style{
			Font:      &excelize.Font{Color: ink, Family: "Calibri", Size: 11},
			Fill:      solid(ground),
			Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"},
		},
	)
}

func (m Marked) streamComments(w *workbook, all []mark, down int) error {
	for _, k := range all[:min(len(all), mostComments)] {
		cell, err := k.name(down)
		if err != nil {
			return err
		}
		if err := w.file.AddComment(sheetOrders, k.comment(cell)); err != nil {
			return err
		}
	}
	return nil
}
