package book

import (
	"context"

	"bulkorder/batch/journal"
	"bulkorder/report"
)

// usedService is a service as it stood when the prices were approved, and what it came to.
type usedService struct {
	journal.Service
	spent journal.ServiceTotal
}

// writeServices writes the services that were used, and what each cost.
func (w *workbook) writeServices(ctx context.Context) error {
	services, err := w.book.Journal.Services(ctx, w.book.Batch)
	if err != nil {
		return err
	}
	spent := map[[2]string]journal.ServiceTotal{}
	for _, t := range w.totals.ByService() {
		spent[[2]string{t.Panel, t.ID}] = t
	}
	w.names = map[[2]string]string{}
	var used []usedService
	for _, v := range services {
		w.names[[2]string{v.Panel, v.ID}] = v.Name
		used = append(used, usedService{v, spent[[2]string{v.Panel, v.ID}]})
	}
	return list[usedService]{
		name:    sheetServices,
		colour:  teal,
		table:   "Services",
		columns: w.serviceColumns(),
		rows:    each(used),
	}.write(w)
}

func (w *workbook) serviceColumns() []listColumn[usedService] {
	type used = usedService
	s := w.styles
	all := []listColumn[used]{
		{s.words("Panel", 16), func(u used) any { return word(u.Panel) }},
		{s.words("Service", 12), func(u used) any { return word(u.ID) }},
		{s.words("Name", 46), func(u used) any { return word(u.Name) }},
		{s.words("Type", 22), func(u used) any { return word(u.Type) }},
		{s.words("Category", 26), func(u used) any { return word(u.Category) }},
		{s.rates("Rate", 13), func(u used) any { return money(u.Rate.String()) }},
		{s.numbers("Min", 10), func(u used) any { return u.Min }},
		{s.numbers("Max", 12), func(u used) any { return u.Max }},
		{s.words("Refill", 10), func(u used) any { return report.YesNo(u.Refill) }},
		{s.words("Cancel", 10), func(u used) any { return report.YesNo(u.Cancel) }},
		{s.numbers("Rows", 10), func(u used) any { return u.spent.Rows }},
		{s.numbers("Placed", 11), func(u used) any { return u.spent.Placed }},
		{s.amounts("Estimated", 15), func(u used) any { return sum(u.spent.Estimated) }},
		{s.amounts("Charged", 15), func(u used) any { return sum(u.spent.Charged) }},
	}
	if len(w.book.Batch.Others) == 0 {
		return all[1:] // one panel needs no column
	}
	return all
}
