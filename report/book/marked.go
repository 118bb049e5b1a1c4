package book

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/report"
)

// Marked is a copy of a sheet in which what is wrong is marked: red where a row can't be ordered as it
// stands, amber for warnings, violet where it is held, with a comment that says how to mend it or what lets it go. The
// sheet itself stays untouched.
type Marked struct {
	Path     string // of the sheet; "-": standard input
	Sheet    *parse.Sheet
	Rows     int
	Problems []parse.Problem
	Held     []parse.Problem // why rows are held, and what lets them go
}

// weight tells what a problem does to its row; of several about one cell the gravest colours it.
type weight int

const (
	remark weight = iota // a warning
	hold                 // the row isn't sent until a person says so
	fault                // the row can't be ordered
)

func (w weight) String() string { return [...]string{"warning", "held", "error"}[w] }

// mostInPlace is how many rows a workbook may have to be copied with all that it holds: it is held in memory
// as a whole for that.
const mostInPlace = 10_000

// mostComments is how many cells get a comment. Spreadsheets are slow to open with more; the list of
// problems has them all.
const mostComments = 5_000

// unpackedLimit is how large the parts of a workbook may be unpacked, as for the reader of sheets.
const unpackedLimit = 2 << 30

// CheckMarked fails where the marked copy of a sheet can't be written to a file of this name.
func CheckMarked(sheet, out string) error {
	ending := strings.ToLower(filepath.Ext(out))
	if ending != ".xlsx" && ending != ".xlsm" {
		return fmt.Errorf("--out %s: the marked copy is a workbook; choose a name that ends in .xlsx", out)
	}
	macros := false
	if sheet != "-" {
		from, err := os.Stat(sheet)
		if err != nil {
			return nil // the reader of sheets says it better
		}
		if to, err := os.Stat(out); err == nil && os.SameFile(from, to) {
			return fmt.Errorf("--out %s is the sheet itself, which stays untouched; choose another name", out)
		}
		macros = hasMacros(sheet)
	}
	switch {
	case macros && ending != ".xlsm":
		return fmt.Errorf("--out %s: the sheet has macros, which its copy keeps; choose a name that ends in .xlsm", out)
	case !macros && ending == ".xlsm":
		return fmt.Errorf("--out %s: the sheet has no macros; choose a name that ends in .xlsx", out)
	}
	return nil
}

// hasMacros tells whether a file is a workbook with macros in it.
func hasMacros(path string) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer z.Close()
	return slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, "xl/vbaProject.bin") })
}

// Write writes the copy and gives the path written, as [Book.Write] does. Workbooks of up to 10,000 rows keep
// all their sheets, styles and widths; of larger ones, and of text, the rows alone are copied.
func (m Marked) Write(out string) (string, error) {
	write := m.stream
	if m.Sheet.Format == "xlsx" && m.Path != "-" && m.Rows <= mostInPlace {
		write = func(to io.Writer) error { return m.copy(out, to) }
	} else if m.Sheet.Tables()[0].Tab != "" {
		return "", fmt.Errorf("writing the marked copy to %s: of several sheets as one it can have %s rows at most, and "+
			"needs the file; check the sheets one by one with --sheet", out, report.Count(mostInPlace))
	} else if strings.EqualFold(filepath.Ext(out), ".xlsm") {
		return "", fmt.Errorf("writing the marked copy to %s: of a sheet of more than %s rows only the rows are copied, "+
			"without macros; choose a name that ends in .xlsx",
			out, report.Count(mostInPlace))
	}
	written, err := replace(out, write)
	if err != nil {
		return "", fmt.Errorf("writing the marked copy to %s: %w", out, err)
	}
	return written, nil
}

// mark is what is told of one cell.
type mark struct {
	sheet       string // the worksheet
	column, row int    // from 1
	gravest     weight
	problems    []markedProblem
}

// marks gathers the problems by cell, in the order of the sheet. One of the whole row, or of a column that the
// sheet lacks, is told at the row's first cell.
func (m Marked) marks() []mark {
	type cell struct {
		sheet       string
		column, row int
	}
	var all []mark
	at := map[cell]int{}
	add := func(p parse.Problem, w weight) {
		k := cell{cmp.Or(p.Tab, m.Sheet.Name), m.firstColumn(p), p.Row}
		if p.Column != "" {
			k.column = number(p.Column)
		}
		i, known := at[k]
		if !known {
			i = len(all)
			at[k] = i
			all = append(all, mark{sheet: k.sheet, column: k.column, row: k.row})
		}
		all[i].gravest = max(all[i].gravest, w)
		all[i].problems = append(all[i].problems, markedProblem{Problem: p, weight: w})
	}
	for _, p := range m.Problems {
		add(p, weightOf(p))
	}
	for _, p := range m.Held {
		add(p, hold)
	}
	slices.SortStableFunc(all, func(a, b mark) int {
		return cmp.Or(cmp.Compare(m.tab(a.sheet), m.tab(b.sheet)), cmp.Compare(a.row, b.row),
			cmp.Compare(a.column, b.column))
	})
	return all
}

// tab is the place of a worksheet among those that are read as one.
func (m Marked) tab(name string) int {
	return slices.IndexFunc(m.Sheet.Tables(), func(t *parse.Table) bool { return t.Tab == name })
}

// firstColumn is the first column of the table that a problem is of, from 1.
func (m Marked) firstColumn(p parse.Problem) int {
	first := 1
	for _, t := range m.Sheet.Tables() {
		if t.Tab == p.Tab && t.Row() < p.Row && len(t.Columns) > 0 {
			first = number(t.Columns[0].Letter)
		}
	}
	return first
}

// number is the number of a column, from 1; the letters are the reader's own.
func number(letters string) int {
	n, _ := excelize.ColumnNameToNumber(letters)
	return max(n, 1)
}

// name is the cell's, some rows further down.
func (k mark) name(down int) (string, error) {
	return excelize.CoordinatesToCellName(k.column, k.row+down)
}

// colour is the ground of a marked cell, and ink the colour of what stands on it.
func (k mark) colour() (ground, ink string) {
	switch k.gravest {
	case remark:
		return "FDE9A9", "713F12"
	case hold:
		return "DDD6FE", "4C1D95"
	}
	return "F8B4B4", "7F1D1D"
}

// comment says what is wrong with the cell and how to mend it.
func (k mark) comment(cell string) excelize.Comment {
	const most = 1_500
	var all []string
	for _, p := range k.problems {
		words := parse.Escape(strings.TrimSpace(p.Field + " " + p.Wrong))
		if p.Found != "" {
			words = parse.Escape(report.Clip(p.Found, 60)) + " " + parse.Escape(p.Wrong)
		}
		switch {
		case p.Mend != "" && p.weight == hold:
			words += ".\nWhat releases it: " + parse.Escape(strings.ReplaceAll(p.Mend, "`", ""))
		case p.Mend != "":
			words += ".\nTo mend it: " + parse.Escape(p.Mend)
		}
		switch p.weight {
		case remark:
			words = "Warning: " + words
		case hold:
			words = "Held: " + words
		}
		all = append(all, words+".")
	}
	text := report.Clip(strings.Join(all, "\n\n"), most)
	lines := 1 + strings.Count(text, "\n") + len(text)/40
	return excelize.Comment{
		Cell:   cell,
		Author: "bulkorder",
		Text:   text,
		Width:  300,
		Height: uint(min(18*lines+10, 400)),
	}
}

// copy marks the cells in a copy of the person's workbook. excelize is safe here since the reader of sheets
// has read the whole file before: what excelize passes over silently, the reader refuses.
func (m Marked) copy(out string, to io.Writer) (err error) {
	f, err := excelize.OpenFile(m.Path, excelize.Options{UnzipSizeLimit: unpackedLimit, RawCellValue: true})
	if err != nil {
		return fmt.Errorf("reading %s once more: %w", m.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := workbook{file: f}
	if w.styles, err = newStyles(f); err != nil {
		return err
	}
	all := m.marks()
	if err := m.markCells(f, all); err != nil {
		return err
	}
	if err := w.listMarks(all, 0); err != nil {
		return err
	}
	f.Path = out // its ending decides whether macros are declared
	return f.Write(to)
}

// markCells colours cells over the styles that they have, and comments those that have no comment yet.
func (m Marked) markCells(f *excelize.File, all []mark) error {
	commented, err := commentedCells(f, all)
	if err != nil {
		return err
	}
	most := 0
	if canComment(f) {
		most = mostComments
	}
	type coloured struct {
		style   int
		gravest weight
	}
	styles := map[coloured]int{}
	for i, k := range all {
		cell, err := k.name(0)
		if err != nil {
			return err
		}
		old, err := f.GetCellStyle(k.sheet, cell)
		if err != nil {
			return err
		}
		style, known := styles[coloured{old, k.gravest}]
		if !known {
			if style, err = overStyle(f, old, k); err != nil {
				return err
			}
			styles[coloured{old, k.gravest}] = style
		}
		if err := f.SetCellStyle(k.sheet, cell, cell, style); err != nil {
			return err
		}
		if !commented[[2]string{k.sheet, cell}] && i < most {
			if err := f.AddComment(k.sheet, k.comment(cell)); err != nil {
				return err
			}
		}
	}
	return nil
}

// commentedCells are those of the marked worksheets that have a comment, by worksheet and cell.
func commentedCells(f *excelize.File, all []mark) (map[[2]string]bool, error) {
	commented, read := map[[2]string]bool{}, map[string]bool{}
	for _, k := range all {
		if read[k.sheet] {
			continue
		}
		read[k.sheet] = true
		taken, err := f.GetComments(k.sheet)
		if err != nil {
			return nil, err
		}
		for _, c := range taken {
			commented[[2]string{k.sheet, c.Cell}] = true
		}
	}
	return commented, nil
}

// overStyle is a style like another one, on the mark's ground.
func overStyle(f *excelize.File, old int, k mark) (int, error) {
	style, err := f.GetStyle(old)
	if err != nil {
		return 0, err
	}
	ground, _ := k.colour()
	style.Fill = solid(ground)
	return f.NewStyle(style)
}
