package book

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/report"
)

// listMarks adds a sheet that lists all problems, each with a link to its cell, which stands some rows
// further down than in the person's sheet.
func (w *workbook) listMarks(of string, all []mark, down int) error {
	if len(all) == 0 {
		return nil
	}
	taken := map[string]bool{}
	for _, name := range w.file.GetSheetList() {
		taken[strings.ToLower(name)] = true
	}
	s, err := w.newSheet(report.FreeName(sheetProblems, taken), red)
	if err != nil {
		return err
	}
	l, h := w.styles.left, w.styles.head
	columns := []column{
		{"Cell", 12, l, h},
		{"Row", 8, l, h},
		{"Field", 16, l, h},
		{"Found", 30, l, h},
		{"What is wrong", 64, l, h},
		{"How to mend it", 58, l, h},
		{"Weight", 12, l, h},
	}
	if err := errors.Join(s.freeze(), s.lay(columns), s.head(columns)); err != nil {
		return err
	}
	for _, k := range all {
		cell, err := k.name(down)
		if err != nil {
			return err
		}
		for _, p := range k.problems {
			if s.rows == excelize.TotalRows-1 {
				break
			}
			weight := "error"
			if p.Warning {
				weight = "warning"
			}
			place := excelize.Cell{
				StyleID: w.styles.link,
				Formula: fmt.Sprintf("HYPERLINK(%s,%s)", formulaText("#"+quotedSheet(of)+"!"+cell), formulaText(cell)),
				Value:   cell,
			}
			if err := s.add([]any{place, p.Row, text(p.Field), word(p.Found), fit(p.Wrong), fit(p.Mend), weight}); err != nil {
				return err
			}
		}
	}
	return s.finish(w.freeTable("Problems_list"), 1, len(columns))
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
	if err := errors.Join(s.freeze(), s.lay(columns), s.add(header)); err != nil {
		return err
	}
	all := m.marks()
	down, err := m.streamRows(w, s, all)
	if err == nil {
		err = m.streamComments(w, all, down)
	}
	if err == nil {
		err = errors.Join(landscape(w.file, s.Sheet), s.Flush())
	}
	if err != nil {
		return err
	}
	return w.listMarks(sheetOrders, all, down)
}

// streamColumns gives the columns, each at its own letter, as wide as the first rows need.
func (m Marked) streamColumns(w *workbook) ([]column, error) {
	first := number(m.Sheet.Columns[0].Letter)
	columns := make([]column, number(m.Sheet.Columns[len(m.Sheet.Columns)-1].Letter))
	for i := range columns {
		columns[i] = column{width: 4, style: w.styles.left, head: w.styles.head}
		if i >= first-1 {
			columns[i].name, columns[i].width = m.Sheet.Columns[i-first+1].Name, narrowest
			columns[i].widen(columns[i].name+"  ", widest)
		}
	}
	n := 0
	for r, err := range m.Sheet.Rows() {
		if err != nil {
			return nil, err
		}
		for i, c := range r.Cells {
			columns[first-1+i].widen(c, widest)
		}
		if n++; n == measured {
			break
		}
	}
	return columns, nil
}

// streamRows copies the rows, and gives by how many they were moved down.
func (m Marked) streamRows(w *workbook, s *sheet, all []mark) (down int, err error) {
	wrong, err := w.groundOf(mark{})
	if err != nil {
		return 0, err
	}
	doubtful, err := w.groundOf(mark{warning: true})
	if err != nil {
		return 0, err
	}
	first := number(m.Sheet.Columns[0].Letter)
	for r, err := range m.Sheet.Rows() {
		if err != nil {
			return down, err
		}
		if r.Number == 1 {
			down = 1
		}
		row := make([]any, first-1, first-1+len(r.Cells))
		for _, c := range r.Cells {
			row = append(row, text(c))
		}
		for ; len(all) > 0 && all[0].row <= r.Number; all = all[1:] {
			for len(row) < all[0].column {
				row = append(row, nil)
			}
			style := wrong
			if all[0].warning {
				style = doubtful
			}
			row[all[0].column-1] = excelize.Cell{StyleID: style, Value: row[all[0].column-1]}
		}
		s.rows = r.Number + down - 1
		if err := s.add(row); err != nil {
			return down, err
		}
	}
	return down, nil
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
