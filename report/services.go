package report

import (
	"context"
	"errors"

	"bulkorder/batch/journal"
)

// writeServices writes the services as they stood when the prices were approved, and what each cost.
func (w *workbook) writeServices(ctx context.Context) error {
	services, err := w.book.Journal.Services(ctx, w.book.Batch)
	if err != nil {
		return err
	}
	spent := map[string]journal.ServiceTotal{}
	for _, t := range w.totals.ByService() {
		spent[t.ID] = t
	}
	s, err := w.newSheet(sheetServices, teal)
	if err != nil {
		return err
	}
	head := []string{"Service", "Name", "Type", "Category", "Rate", "Min", "Max", "Refill", "Cancel", "Rows", "Placed", "Estimated", "Charged"}
	err = errors.Join(s.freeze(), s.setWidths([]float64{12, 46, 20, 26, 13, 10, 12, 10, 10, 10, 10, 14, 14}),
		s.SetColStyle(5, 5, w.styles.charge), s.SetColStyle(12, 13, w.styles.charge), s.SetColStyle(1, 4, w.styles.left), s.SetColStyle(6, 7, w.styles.number),
		s.SetColStyle(8, 9, w.styles.left), s.SetColStyle(10, 11, w.styles.number), s.head(head, w.serviceHeads()...))
	w.names = map[string]string{}
	for _, v := range services {
		w.names[v.ID] = v.Name
		if err != nil {
			return err
		}
		t := spent[v.ID]
		err = s.add([]any{word(v.ID), word(v.Name), word(v.Type), word(v.Category), money(v.Rate.String()), v.Min, v.Max, yesNo(v.Refill), yesNo(v.Cancel),
			t.Rows, t.Placed, sum(t.Estimated), sum(t.Charged)})
	}
	if err != nil {
		return err
	}
	return s.finish("Services", 1, len(head))
}

// serviceHeads aligns the headers as their columns.
func (w *workbook) serviceHeads() []int {
	l, r := w.styles.head, w.styles.headRight
	return []int{l, l, l, l, r, r, r, l, l, r, r, r, r}
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
