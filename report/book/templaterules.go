package book

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bulkorder/parse"

	"github.com/xuri/excelize/v2"
)

// formRange is a column of the form, in its rows to fill in.
func (w *template) formRange(letter string) string {
	return fmt.Sprintf("%s%d:%s%d", letter, w.first(), letter, w.last())
}

// formRules brings the drop-down of services, and keeps words out of columns of numbers.
func (w *template) formRules(s *sheet) error {
	var errs []error
	for i, field := range w.fields {
		rule := excelize.NewDataValidation(true)
		rule.SetSqref(w.formRange(letter(fieldAt(i))))
		switch {
		case field == "service":
			rule.SetSqrefDropList(w.catalogue("B"))
			rule.ShowErrorMessage = false // an id may be typed too
			rule.SetInput("Service", "Choose from the list, or type the service's id.")
		case field == "delay" && len(w.Delays) > 0:
			var minutes []string
			for _, d := range w.Delays {
				minutes = append(minutes, strconv.Itoa(d))
			}
			errs = append(errs, rule.SetDropList(minutes))
			rule.SetError(excelize.DataValidationErrorStyleStop, "Delay", "These minutes can be chosen: "+
				strings.Join(minutes, ", "))
		case parse.FieldNamed(field).IsWhole():
			errs = append(errs, rule.SetRange(0, 1<<31-1, excelize.DataValidationTypeWhole,
				excelize.DataValidationOperatorBetween))
			rule.SetError(excelize.DataValidationErrorStyleStop, heading(field),
				"This is a whole number, without thousands marks.")
		default:
			continue
		}
		errs = append(errs, w.file.AddDataValidation(s.Sheet, rule))
	}
	return errors.Join(errs...)
}

// formComments says at each header which types want the column.
func (w *template) formComments(s *sheet) error {
	var errs []error
	say := func(index int, text string) {
		lines := 2 + len(text)/38 + strings.Count(text, "\n")
		errs = append(
			errs,
			w.file.AddComment(
				s.Sheet,
				excelize.Comment{Cell: letter(index) + strconv.Itoa(formHeader), Author: "bulkorder", Text: text,
					Width: 280, Height: uint(18 * lines)},
			),
		)
	}
	for i, field := range w.fields {
		say(fieldAt(i), w.comment(field))
	}
	for i, text := range [formOwn]string{
		formNeeds: "Fills itself in: the columns that the service's type needs.",
		formCounted: "Fills itself in: what the service's min and max bound, and what is charged for. It is the quantity, " +
			"or the lines of a list.",
		formCheck: "Fills itself in: what the row still lacks. `bulkorder check` looks closer, at today's catalogue.",
		formCost: "Fills itself in: what the row is expected to be charged at the prices named above. Empty where that " +
			"depends on what comes.",
	} {
		say(w.ownAt(i), text)
	}
	return errors.Join(errs...)
}

func (w *template) comment(field string) string {
	known := parse.FieldNamed(field)
	text := known.Hint
	if known.IsList() {
		text = "One a line; Alt+Enter begins a new line in a cell."
	}
	var needed, taken []string
	for _, o := range w.Types {
		switch {
		case slices.Contains(o.Needs, field):
			needed = append(needed, o.Name)
		case slices.Contains(o.May, field):
			taken = append(taken, o.Name)
		}
	}
	if len(needed) > 0 {
		text += "\nNeeded by " + strings.Join(needed, ", ") + "."
	}
	if len(taken) > 0 {
		text += "\nMay be filled in for " + strings.Join(taken, ", ") + "."
	}
	if len(needed)+len(taken) > 0 && len(needed)+len(taken) < len(w.Types) {
		text += "\nLeave it empty for all others."
	}
	return strings.TrimSpace(text)
}

// formColours makes a row's check stand out.
func (w *template) formColours(s *sheet) error {
	column := w.own(formCheck)
	formats, err := badges(w.file, map[string]look{"ok": {green, "14532D", "D5F2DF"}}, []string{"ok"})
	if err != nil {
		return err
	}
	wrong, err := w.file.NewConditionalStyle(
		&excelize.Style{Font: &excelize.Font{Color: "7F1D1D", Bold: true}, Fill: solid("FBDDDD")})
	if err != nil {
		return err
	}
	formats = append(
		formats,
		excelize.ConditionalFormatOptions{
			Type:     "formula",
			Criteria: fmt.Sprintf("LEN($%s%d)>2", column, w.first()),
			Format:   &wrong,
		},
	)
	return w.file.SetConditionalFormat(s.Sheet, w.formRange(column), formats)
}
