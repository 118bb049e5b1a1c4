package book

import (
	"context"
	"errors"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// writeServices writes the services as they stood when the prices were approved, and what each cost.
func (w *workbook) writeServices(ctx context.Context) error {
	services, err := w.book.Journal.Services(ctx, w.book.Batch)
	if err != nil {
		return err
	}
	spent := map[[2]string]journal.ServiceTotal{}
	for _, t := range w.totals.ByService() {
		spent[[2]string{t.Panel, t.ID}] = t
	}
	s, err := w.newSheet(sheetServices, teal)
	if err != nil {
		return err
	}
	columns := w.serviceColumns()
	if err := errors.Join(s.freeze(), s.lay(columns), s.head(columns)); err != nil {
		return err
	}
	w.names = map[[2]string]string{}
	for _, v := range services {
		w.names[[2]string{v.Panel, v.ID}] = v.Name
		t := spent[[2]string{v.Panel, v.ID}]
		var row []any
		if len(w.book.Batch.Others) > 0 {
			row = append(row, word(v.Panel))
		}
		err := s.add(
			append(
				row,
				word(v.ID),
				word(v.Name),
				word(v.Type),
				word(v.Category),
				money(v.Rate.String()),
				v.Min,
				v.Max,
				report.YesNo(v.Refill),
				report.YesNo(v.Cancel),
				t.Rows,
				t.Placed,
				sum(t.Estimated),
				sum(t.Charged),
			),
		)
		if err != nil {
			return err
		}
	}
	return s.finish("Services", 1, len(columns))
}

func (w *workbook) serviceColumns() []column {
	l, n, m := w.styles.left, w.styles.number, w.styles.charge
	h, r := w.styles.head, w.styles.headRight
	all := []column{
		{"Service", 12, l, h},
		{"Name", 46, l, h},
		{"Type", 22, l, h},
		{"Category", 26, l, h},
		{"Rate", 13, m, r},
		{"Min", 10, n, r},
		{"Max", 12, n, r},
		{
			"Refill",
			10,
			l,
			h,
		},
		{"Cancel", 10, l, h},
		{"Rows", 10, n, r},
		{"Placed", 11, n, r},
		{"Estimated", 15, m, r},
		{"Charged", 15, m, r},
	}
	if len(w.book.Batch.Others) > 0 {
		all = append([]column{{"Panel", 16, l, h}}, all...)
	}
	return all
}
