package book

import (
	"slices"

	"github.com/xuri/excelize/v2"

	"bulkorder/parse"
	"bulkorder/report"
)

// exampleTypes are those that a row of the form shows: the first of each way in which orders are counted. Help has
// examples of all.
func (w *template) exampleTypes() (all []OrderType) {
	way := func(o OrderType) string {
		switch {
		case o.Counts == "quantity":
			return "quantity"
		case o.Counts != "":
			return "list"
		}
		return string(o.Charge)
	}
	for _, o := range w.Types {
		offered := slices.ContainsFunc(w.Services, func(s Offer) bool { return s.Type == o.Name })
		if offered && !slices.ContainsFunc(all, func(other OrderType) bool { return way(other) == way(o) }) {
			all = append(all, o)
		}
	}
	return all
}

// formExamples writes the examples, in grey. The mark before their services keeps them from being ordered, whatever
// becomes of them.
func (w *template) formExamples(s *sheet) error {
	grey := &excelize.Font{Color: faint, Italic: true, Family: "Calibri", Size: 11}
	style, err := w.file.NewStyle(&excelize.Style{NumFmt: 49, Font: grey, Fill: solid(paleGrey),
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	if err != nil {
		return err
	}
	for _, o := range w.examples {
		offer := w.Services[slices.IndexFunc(w.Services, func(s Offer) bool { return s.Type == o.Name })]
		row := make([]any, len(w.fields)+formOwn)
		for i := range row {
			row[i] = excelize.Cell{StyleID: style}
		}
		for i, field := range w.fields {
			row[fieldAt(i)] = excelize.Cell{StyleID: style, Value: word(example(field, o, offer))}
		}
		// A service's name may be long: its row stays one line high where the others of it are.
		row[0] = excelize.Cell{StyleID: style, Value: parse.ExampleMark + report.Clip(offer.Label, 40)}
		row[w.ownAt(formCheck)] = excelize.Cell{StyleID: style, Value: "never ordered"}
		if err := s.add(row, exampleHeight(s, row)); err != nil {
			return err
		}
	}
	return nil
}

func exampleHeight(s *sheet, row []any) excelize.RowOpts {
	return excelize.RowOpts{Height: float64(max(s.height(row), lineHeight))}
}
