package book

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/report"
)

// writeHelp writes how the form is filled in, the types, and an example of each. The examples stand field by
// field below each other: no row of the sheet has the names of two columns, so no reader takes it for a sheet
// of orders, whatever becomes of the others.
func (w *template) writeHelp() error {
	s, err := w.newSheet(sheetHelp, amber)
	if err != nil {
		return err
	}
	columns := []column{w.styles.words("", 25)}
	for range max(len(w.Types), 4) {
		columns = append(columns, w.styles.words("", 44))
	}
	if err := s.lay(columns); err != nil {
		return err
	}
	title := func(style int, text string) error {
		return s.add([]any{excelize.Cell{StyleID: style, Value: text}}, excelize.RowOpts{Height: 26})
	}
	errs := []error{title(w.styles.title, "How to fill in the orders")}
	for i, line := range w.advice() {
		errs = append(errs, s.add([]any{fmt.Sprintf("%d.  %s", i+1, line)}))
	}
	errs = append(errs, s.add(nil), title(w.styles.section, "What each type of service needs"))
	errs = append(errs, w.helpTypes(s)...)
	errs = append(errs, s.add(nil),
		title(w.styles.section, "Examples, one of each type, field by field: they are not orders"))
	errs = append(errs, w.helpExamples(s)...)
	return errors.Join(append(errs, landscape(w.file, s.Sheet, 1), s.Flush())...)
}

func (w *template) advice() []string {
	offered := "the services that were chosen when this was made"
	if w.Whole {
		offered = "the whole catalogue"
	}
	lines := []string{
		"In the sheet Orders, choose a service in the first column, or type its id. The list is " + offered +
			": see the sheet Services.",
		"Rows that begin with " + strings.TrimSpace(parse.ExampleMark) + " show what is wanted. They are never ordered: " +
			"write below them, or delete them.",
		"Fill in the columns that Needs names. Grey columns fill themselves in; Check should say ok.",
		"Lists have one item a line: Alt+Enter begins a new line in a cell.",
		fmt.Sprintf("%s rows are ready. For more, copy the last row downwards.", report.Count(templateRows)),
		"Columns of your own may stand anywhere and are kept: Client or Campaign to have the spending told by it, Ref for " +
			"an order number of yours that is ordered once, ever.",
		"Save it. Then `" + w.Next("FILE") +
			"` says what is wrong with it and what it costs; `run` in the place of `check` orders it.",
		"Prices and limits are those of " + report.Utc(w.Fetched) +
			". What counts are those of the moment when it is checked and ordered.",
	}
	if w.LeftOut > 0 {
		lines = append(lines,
			fmt.Sprintf("%s can't be ordered by this program, for an unknown type or an odd entry, and were left out.",
				report.Counted(w.LeftOut, "service")))
	}
	return lines
}

func (w *template) helpTypes(s *sheet) []error {
	h := w.styles.head
	errs := []error{
		s.head(
			[]column{
				{name: "Type", head: h},
				{name: "Needs", head: h},
				{name: "May have", head: h},
				{name: "Counted against min and max", head: h},
				{name: "Charged", head: h},
			},
		),
	}
	for _, o := range w.Types {
		counted := "nothing"
		switch {
		case o.Counts == "quantity":
			counted = "the quantity"
		case o.Counts != "":
			counted = "the lines of " + o.Counts
		case o.Charge == PerPost:
			counted = "the row's own min and max"
		}
		row := []any{o.Name, strings.Join(headings(o.Needs), ", "), strings.Join(headings(o.May), ", "), counted,
			string(o.Charge)}
		for i := range row {
			row[i] = excelize.Cell{StyleID: w.styles.cell, Value: row[i]}
		}
		errs = append(errs, s.add(row))
	}
	return errs
}

// helpExamples writes a column for each type and a row for each field.
func (w *template) helpExamples(s *sheet) []error {
	head := []any{excelize.Cell{StyleID: w.styles.head, Value: "Type"}}
	for _, o := range w.Types {
		head = append(head, excelize.Cell{StyleID: w.styles.head, Value: o.Name})
	}
	errs := []error{s.add(head)}
	for _, field := range w.fields {
		row, height := []any{excelize.Cell{StyleID: w.styles.label, Value: heading(field)}}, 1
		for _, o := range w.Types {
			text := ""
			if i := slices.IndexFunc(w.Services, func(s Offer) bool { return s.Type == o.Name }); i >= 0 {
				text = example(field, o, w.Services[i])
			}
			row, height = append(row, excelize.Cell{StyleID: w.styles.text, Value: word(text)}),
				max(height, strings.Count(text, "\n")+1)
		}
		errs = append(errs, s.add(row, excelize.RowOpts{Height: float64(16 * min(height, 12))}))
	}
	return errs
}

// example is what a row of the type may have in a field.
func example(field string, o OrderType, s Offer) string {
	known := parse.FieldNamed(field)
	switch {
	case field == "service":
		return s.Label
	case !slices.Contains(o.Needs, field):
		return ""
	case known.IsList():
		return exampleLines(known, o, s)
	case field == "quantity" || field == "min":
		return strconv.FormatInt(max(s.Min, 1), 10)
	case field == "max":
		return strconv.FormatInt(s.Max, 10)
	}
	return known.Example
}

// exampleLines are two items, or as many as the service takes at least.
func exampleLines(field parse.Field, o OrderType, s Offer) string {
	lines := 2
	if o.Counts == field.Name {
		lines = int(min(max(s.Min, 1), 10))
	}
	gap := ""
	if field.Name == "comments" || field.Name == "keywords" {
		gap = " "
	}
	var all []string
	for i := range lines {
		all = append(all, field.Example+gap+strconv.Itoa(i+1))
	}
	return strings.Join(all, "\n")
}
