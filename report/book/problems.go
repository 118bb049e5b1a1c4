package book

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// widestFinding is how wide the columns of words may become, in characters.
const widestFinding = 96

func (w *workbook) problemColumns() []column {
	s := w.styles
	return []column{s.words("Cell", 30), s.words("Row", 8), s.words("Field", 14), s.words("State", 11),
		s.words("Found", 26), s.words("What is wrong", 72), s.words("How to mend it", 44), s.words("Kind", 26),
		s.words("Weight", 10)}
}

// writeProblems writes one line a problem, under the groups that one action mends.
func (w *workbook) writeProblems(ctx context.Context) error {
	all := w.groups.Sorted()
	if len(all) == 0 && w.toFix == nil {
		return nil
	}
	if w.toFix == nil { // otherwise its place before that sheet was taken
		if _, err := w.file.NewSheet(sheetProblems); err != nil {
			return err
		}
	}
	s, err := w.streamOf(sheetProblems, red)
	if err != nil {
		return err
	}
	columns := w.problemColumns()
	for _, g := range all { // what the others of a group say is about as long
		for _, p := range g.First {
			columns[5].widen(p.Wrong, widestFinding)
			columns[6].widen(p.Mend, widestFinding)
		}
	}
	if err := s.lay(columns); err != nil {
		return err
	}
	if err := w.writeGroups(s, all); err != nil {
		return err
	}
	header := s.rows + 1
	if err := s.head(columns); err != nil {
		return err
	}
	if err := w.writeFindings(ctx, s); err != nil {
		return err
	}
	return s.finish("Problems", header, len(columns))
}

// writeGroups writes the problems grouped by what mends them, in the columns of the list below.
func (w *workbook) writeGroups(s *sheet, all []*report.MendGroup) error {
	title := func(text string) []any { return []any{excelize.Cell{StyleID: w.styles.section, Value: text}} }
	h, tall := w.styles.head, excelize.RowOpts{Height: 22}
	err := errors.Join(
		s.add(title("What is wrong, grouped by what mends it"), tall),
		s.head(
			[]column{
				{name: "Problem", head: h},
				{name: "Rows", head: h},
				{name: "For example", head: h},
				{head: h},
				{head: h},
				{head: h},
				{name: "How to mend it", head: h},
				{head: h},
				{head: h},
			},
		),
	)
	for _, g := range all {
		example := g.First[0]
		example.Mend = ""
		kind := g.Title()
		if g.Warning {
			kind += " (warning)"
		}
		cells := []any{kind, g.Rows, fit(example.Error()), nil, nil, nil, fit(g.First[0].Mend), nil, nil}
		for i := range cells {
			cells[i] = excelize.Cell{StyleID: w.styles.cell, Value: cells[i]}
		}
		err = errors.Join(err, s.add(cells))
	}
	return errors.Join(err, s.add(nil), s.add(title("Every problem, with its place in "+sheetOrders), tall))
}

// writeFindings walks the rows again. Their places in Orders are counted as they were written there.
func (w *workbook) writeFindings(ctx context.Context, s *sheet) error {
	at := 1
	for e, err := range w.book.Journal.Entries(ctx, w.book.Batch) {
		if err != nil {
			return err
		}
		at++
		for _, p := range slices.Concat(report.ProblemsOf(e), w.cuts(e)) {
			if s.rows == excelize.TotalRows-1 {
				return s.add([]any{nil, nil, nil, nil, nil, "there are more problems than a sheet has rows",
					"write the results as .jsonl to see all of them"})
			}
			if err := s.add(w.finding(e, p, at)); err != nil {
				return err
			}
		}
	}
	return nil
}

// finding is a line about one problem of the row that stands in row at of Orders.
func (w *workbook) finding(e journal.Entry, p parse.Problem, at int) []any {
	column := 1
	if place, found := w.place(e, p); found {
		column = w.columns.TheirPlaces[place] + 1
	}
	words := p.Cell()
	if p.Column == "" {
		words = "row " + words
	}
	if p.Tab != "" {
		words = p.Tab + ": " + words
	}
	return []any{w.link(words, column, at), rowCell(p.Line()), text(p.Field), string(report.Told(e.State)), text(p.Found),
		fit(p.Wrong), fit(p.Mend), p.Rule, weightOf(p).String()}
}

// link shows words and leads to a cell of Orders. A formula with its value beside it: real hyperlinks cost
// excelize quadratic time.
func (w *workbook) link(words string, column, row int) any {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return words
	}
	return excelize.Cell{
		StyleID: w.styles.link,
		Formula: fmt.Sprintf("HYPERLINK(%s,%s)", formulaText("#"+sheetOrders+"!"+name), formulaText(words)),
		Value:   words,
	}
}
