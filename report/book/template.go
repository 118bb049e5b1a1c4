package book

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"bulkorder/batch/journal"
	"bulkorder/parse"
	"bulkorder/report"
)

// Template is a workbook to fill in, made from a panel's catalogue.
type Template struct {
	Panel    string
	URL      string // of the panel's API
	Currency string // of the rates; empty: not known
	Fetched  time.Time
	Whole    bool // the services are the whole catalogue, but for those that can't be ordered
	LeftOut  int  // services that can't be ordered by this program: odd, or of an unknown type
	Services []Offer
	Types    []OrderType // those of the services
	Delays   []int       // minutes that a subscription's delay may be; empty: any
}

// Offer is a service as the template offers it.
type Offer struct {
	report.Service
	Label string // what the drop-down has, and the reader of sheets takes; of one line, unlike any other
}

// OrderType says what a type of order needs. Type of a [Service] in an [Offer] is its Name.
type OrderType struct {
	Name   string
	Needs  []string // fields
	May    []string // fields that may be filled in
	Counts string   // the field that min and max bound; empty: none
	Charge Charge
}

// Charge says what a type's charge is made of.
type Charge string

// The charges that there are, in a person's words.
const (
	PerThousand Charge = "per 1,000"
	Once        Charge = "once"
	PerPost     Charge = "per post"
)

// Next is the command that checks the template once it is filled in.
func (t Template) Next(path string) string {
	return "bulkorder check " + report.FileWord(path) + report.PanelFlag(journal.Batch{Panel: t.Panel, URL: t.URL})
}

// The sheets of a template. The reader of sheets takes Orders: no other has a header of orders.
const (
	sheetCatalogue = "Services"
	sheetHelp      = "Help"
)

// templateRows is how many rows are ready to be filled in.
const templateRows = 1000

// Write writes the template to path, which must be new: a template that was filled in is a person's work.
func (t Template) Write(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s exists already, and may have been filled in; choose another name with --out: %w", path,
			os.ErrExist)
	}
	if _, err := replace(path, t.write); err != nil {
		return fmt.Errorf("writing the template to %s: %w", path, err)
	}
	return nil
}

// template is the workbook while it is written.
type template struct {
	Template
	workbook
	fields []string // of the columns to fill in, service first
	lists  []string // those of the fields whose lines some type counts

	examples []OrderType // of which a row shows how it is filled in
}

func (t Template) write(to io.Writer) error {
	w := template{Template: t, workbook: workbook{file: excelize.NewFile()}}
	w.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return newZip(to) })
	err := w.fill()
	if err == nil {
		err = w.file.Write(io.Discard)
	}
	return errors.Join(err, w.file.Close())
}

func (w *template) fill() (err error) {
	if w.styles, err = newStyles(w.file); err != nil {
		return err
	}
	w.fields = w.columnsNeeded()
	for _, o := range w.Types {
		if o.Counts != "" && o.Counts != "quantity" && !slices.Contains(w.lists, o.Counts) {
			w.lists = append(w.lists, o.Counts)
		}
	}
	w.examples = w.exampleTypes()
	if err := w.file.SetSheetName("Sheet1", sheetOrders); err != nil {
		return err
	}
	for _, write := range []func() error{w.writeForm, w.writeCatalogue, w.writeHelp} {
		if err := write(); err != nil {
			return err
		}
	}
	// Until a spreadsheet has computed them, formulas show nothing.
	yes := true
	if err := w.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}); err != nil {
		return err
	}
	at := w.Fetched.UTC().Format(time.RFC3339)
	return w.file.SetDocProps(
		&excelize.DocProperties{
			Title:          "Orders for " + w.Panel,
			Creator:        "bulkorder",
			LastModifiedBy: "bulkorder",
			Created:        at,
			Modified:       at,
		},
	)
}

// columnsNeeded lists the fields that orders of the types have, in the order of the reader's own list; those
// that the configuration teaches come last.
func (w *template) columnsNeeded() []string {
	var fields []string
	for _, o := range w.Types {
		for _, field := range slices.Concat(o.Needs, o.May) {
			if !slices.Contains(fields, field) && field != "service" {
				fields = append(fields, field)
			}
		}
	}
	known := parse.Names()
	place := func(field string) int {
		if at := slices.Index(known, field); at >= 0 {
			return at
		}
		return len(known)
	}
	slices.SortStableFunc(fields, func(a, b string) int { return cmp.Compare(place(a), place(b)) })
	return append([]string{"service"}, fields...)
}

func heading(field string) string { return parse.FieldNamed(field).Heading }

func headings(fields []string) []string {
	var all []string
	for _, f := range fields {
		all = append(all, heading(f))
	}
	return all
}

// ofType finds a type by its name; every service's is there.
func (t Template) ofType(name string) OrderType {
	i := slices.IndexFunc(t.Types, func(o OrderType) bool { return o.Name == name })
	if i < 0 {
		return OrderType{Name: name}
	}
	return t.Types[i]
}

// writeCatalogue writes the services that the drop-down and the formulas look into.
func (w *template) writeCatalogue() error {
	return list[Offer]{
		name:    sheetCatalogue,
		colour:  teal,
		table:   "Catalogue",
		columns: w.catalogueColumns(),
		rows:    each(w.Services),
	}.write(&w.workbook)
}

// catalogueColumns are looked into by their letters: see find and look.
func (w *template) catalogueColumns() []listColumn[Offer] {
	s := w.styles
	return []listColumn[Offer]{
		{s.ids("ID", 12), func(o Offer) any { return word(o.ID) }},
		{s.words("Choice", 58), func(o Offer) any { return word(o.Label) }},
		{s.words("Name", 46), func(o Offer) any { return word(o.Name) }},
		{s.words("Type", 24), func(o Offer) any { return word(o.Type) }},
		{s.words("Category", 28), func(o Offer) any { return word(o.Category) }},
		{s.rates("Rate", 13), func(o Offer) any { return money(o.Rate.String()) }},
		{s.numbers("Min", 10), func(o Offer) any { return o.Min }},
		{s.numbers("Max", 12), func(o Offer) any { return o.Max }},
		{s.words("Needs", 34), func(o Offer) any {
			return word(strings.Join(headings(w.ofType(o.Type).Needs), ", "))
		}},
		{s.words("Counted", 12), func(o Offer) any {
			if counts := w.ofType(o.Type).Counts; counts != "" {
				return heading(counts)
			}
			return nil
		}},
		{s.words("Charged", 12), func(o Offer) any { return string(w.ofType(o.Type).Charge) }},
		{s.words("Refill", 10), func(o Offer) any { return report.YesNo(o.Refill) }},
		{s.words("Cancel", 10), func(o Offer) any { return report.YesNo(o.Cancel) }},
	}
}
