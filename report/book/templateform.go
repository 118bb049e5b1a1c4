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

// The form has a line of its own above the header: what it is, and the sum.
const (
	formHeader = 2
	formShown  = formHeader + 1 // the first example
)

// first and last are the rows to fill in, below the examples.
func (w *template) first() int { return formShown + len(w.examples) }

func (w *template) last() int { return w.first() + templateRows - 1 }

// The columns that fill themselves in. Check and Cost stand beside the service, to be seen while a row is
// filled in; the others, which those two are computed from, stand last.
const (
	formCheck = iota
	formCost
	formNeeds
	formCounted
	formOwn // how many there are

	formBeside = 2 // how many of them stand beside the service
)

// unknownChoice is what Needs says of a service that isn't in the catalogue.
const unknownChoice = "not in Services"

// writeForm writes the sheet to fill in.
func (w *template) writeForm() error {
	s, err := w.streamOf(sheetOrders, slate)
	if err != nil {
		return err
	}
	columns, err := w.formColumns()
	if err != nil {
		return err
	}
	s.repeated, s.printed = 1, len(columns)
	panes := &excelize.Panes{
		Freeze:      true,
		XSplit:      1,
		YSplit:      formHeader,
		TopLeftCell: "B" + strconv.Itoa(formShown),
		ActivePane:  "bottomRight",
	}
	err = errors.Join(s.SetPanes(panes), s.lay(columns), w.formTitle(s), s.head(columns), w.formExamples(s))
	if err != nil {
		return err
	}
	row := make([]any, len(columns))
	for at := w.first(); at <= w.last(); at++ {
		for i, formula := range [formOwn]string{formCheck: w.check(at), formCost: w.cost(at), formNeeds: w.needs(at),
			formCounted: w.counted(at)} {
			// A no-break space is what the formulas show until they are computed: with no value at all, each
			// row would be a row of formulas that nobody ever computed.
			row[w.ownAt(i)] = excelize.Cell{StyleID: columns[w.ownAt(i)].style, Formula: formula, Value: "\u00a0"}
		}
		if err := s.add(row); err != nil {
			return err
		}
	}
	return errors.Join(w.formRules(s), w.formComments(s), w.formColours(s), s.page(formHeader, len(columns)), s.Flush())
}

func (w *template) formColumns() ([]column, error) {
	long, err := w.file.NewStyle(
		&excelize.Style{NumFmt: 49, Font: &excelize.Font{Color: ink, Family: "Calibri", Size: 11},
			Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}},
	)
	if err != nil {
		return nil, err
	}
	grey, err := w.greyHead(&excelize.Alignment{Vertical: "center"})
	if err != nil {
		return nil, err
	}
	greyRight, err := w.greyHead(&excelize.Alignment{Horizontal: "right", Vertical: "center", Indent: 1})
	if err != nil {
		return nil, err
	}
	var all []column
	for _, name := range w.fields {
		field := parse.FieldNamed(name)
		c := column{name: field.Heading, width: narrowest, style: w.styles.text, head: w.styles.ourHead}
		switch {
		case name == "service":
			c.width = 52
		case name == "link":
			c.width = 44
		case field.IsList():
			c.width, c.style = 34, long
		case field.IsWhole():
			c.style, c.head = w.styles.number, w.styles.ourHeadRight
		default:
			c.width = 18
		}
		c.widen(c.name, widest)
		all = append(all, c)
	}
	own := [formOwn]column{
		formCheck:   w.styles.words("Check", 26),
		formCost:    w.styles.amounts("Cost", 14),
		formNeeds:   w.styles.words("Needs", 30),
		formCounted: w.styles.numbers("Counted", 11),
	}
	own[formCheck].head, own[formNeeds].head = grey, grey
	own[formCost].head, own[formCounted].head = greyRight, greyRight
	return slices.Concat(all[:1], own[:formBeside], all[1:], own[formBeside:]), nil
}

// greyHead is the header of a column that fills itself in.
func (w *template) greyHead(at *excelize.Alignment) (int, error) {
	return w.file.NewStyle(
		&excelize.Style{
			Font:      &excelize.Font{Color: "FFFFFF", Bold: true, Family: "Calibri", Size: 11},
			Fill:      solid(faint),
			Alignment: at,
		},
	)
}

// formTitle writes the line above the header: of when the prices are, and what all rows cost.
func (w *template) formTitle(s *sheet) error {
	row := make([]any, len(w.fields)+formOwn)
	row[0] = excelize.Cell{StyleID: w.styles.section, Value: "Orders for " + w.Panel}
	row[fieldAt(1)] = excelize.Cell{
		StyleID: w.styles.note,
		Value: "At the prices of " + report.Utc(w.Fetched) +
			". Grey columns fill themselves in, and rows of examples are never ordered; see Help.",
	}
	total := "Total"
	if w.Currency != "" {
		total += ", " + w.Currency
	}
	cost := w.own(formCost)
	row[w.ownAt(formCheck)] = excelize.Cell{StyleID: w.styles.total, Value: total}
	row[w.ownAt(formCost)] = excelize.Cell{
		StyleID: w.styles.totalMoney,
		Formula: fmt.Sprintf("SUM(%s%d:%s%d)", cost, w.first(), cost, w.last()),
	}
	return s.add(row, excelize.RowOpts{Height: 24})
}

// own is the letter of one of the columns that fill themselves in.
func (w *template) own(which int) string { return letter(w.ownAt(which)) }

// ownAt is the index of one of the columns that fill themselves in.
func (w *template) ownAt(which int) int {
	if which < formBeside {
		return 1 + which
	}
	return len(w.fields) + which
}

// fieldAt is the index of the column of a field, by its place in fields.
func fieldAt(i int) int {
	if i == 0 {
		return 0
	}
	return i + formBeside
}

// letter is the spreadsheet's name of the column with that index, from 0.
func letter(index int) string {
	name, _ := excelize.ColumnNumberToName(index + 1) // there are no more columns than a panel has fields
	return name
}

// cellOf is the cell of a field in a row, "" where the form has no such column.
func (w *template) cellOf(field string, row int) string {
	i := slices.Index(w.fields, field)
	if i < 0 {
		return ""
	}
	return "$" + letter(fieldAt(i)) + strconv.Itoa(row)
}

// catalogue is a column of the sheet Services.
func (w *template) catalogue(letter string) string {
	return fmt.Sprintf("%s!$%s$2:$%s$%d", sheetCatalogue, letter, letter, len(w.Services)+1)
}

// find is the place of the row's service among the services: by the id in front of what was chosen, by an id
// that was typed, or by an exact name, as the reader of sheets takes them. Ids are looked up as text.
func (w *template) find(row int) string {
	a := w.cellOf("service", row)
	return fmt.Sprintf(`IFERROR(MATCH(IFERROR(LEFT(%s,FIND(" | ",%s)-1),%s&""),%s,0),MATCH(%s,%s,0))`, a, a, a,
		w.catalogue("A"), a, w.catalogue("C"))
}

// look is what the catalogue says of the row's service in a column.
func (w *template) look(letter string, row int) string {
	return fmt.Sprintf("INDEX(%s,%s)", w.catalogue(letter), w.find(row))
}

func (w *template) needs(row int) string {
	return fmt.Sprintf(`IF(%s="","",IFERROR(%s,%s))`, w.cellOf("service", row), w.look("I", row),
		formulaText(unknownChoice))
}

// counted is what min and max bound: the quantity, or the lines of a list that aren't blank.
func (w *template) counted(row int) string {
	value := `""`
	for _, list := range w.lists {
		cell := w.cellOf(list, row)
		lines := fmt.Sprintf(`TRIM(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(%s," ",""),CHAR(13),CHAR(10)),CHAR(10)," "))`, cell)
		count := fmt.Sprintf(`IF(%s="","",LEN(%s)-LEN(SUBSTITUTE(%s," ",""))+1)`, cell, lines, lines)
		value = fmt.Sprintf("IF(%s=%s,%s,%s)", w.look("J", row), formulaText(heading(list)), count, value)
	}
	if cell := w.cellOf("quantity", row); cell != "" {
		value = fmt.Sprintf(`IF(%s="Quantity",IF(%s="","",VALUE(%s)),%s)`, w.look("J", row), cell, cell, value)
	}
	return fmt.Sprintf(`IF(%s="","",IFERROR(%s,"?"))`, w.cellOf("service", row), value)
}

// check says what the row lacks. It is a help while typing; `bulkorder check` is what counts.
func (w *template) check(row int) string {
	needs, counted := "$"+w.own(formNeeds)+strconv.Itoa(row), "$"+w.own(formCounted)+strconv.Itoa(row)
	var missing []string
	for _, field := range w.fields[1:] {
		if slices.ContainsFunc(w.Types, func(o OrderType) bool { return slices.Contains(o.Needs, field) }) {
			name := heading(field)
			missing = append(missing, fmt.Sprintf(`IF(AND(%s="",ISNUMBER(FIND(%s,", "&%s&","))),%s,"")`, w.cellOf(field, row),
				formulaText(", "+name+","), needs, formulaText(" "+name)))
		}
	}
	lacks := strings.Join(missing, "&")
	if lacks == "" {
		lacks = `""`
	}
	least, most := w.look("G", row), w.look("H", row)
	limits := fmt.Sprintf(`IF(%s="",%s,IF(%s="?","no number",IF(%s<%s,"min "&%s,IF(%s>%s,"max "&%s,"ok"))))`,
		counted, w.subscription(row), counted, counted, least, least, counted, most, most)
	others := fmt.Sprintf("COUNTA(%s:%s)", w.cellOf(w.fields[1], row), w.cellOf(w.fields[len(w.fields)-1], row))
	return fmt.Sprintf(`IF(%s="",IF(%s>0,"choose a service",""),IF(%s=%s,%s,IF(LEN(%s)>0,"fill in:"&%s,%s)))`,
		w.cellOf("service", row), others, needs, formulaText(unknownChoice), formulaText(unknownChoice), lacks, lacks, limits)
}

// subscription checks a subscription's own min and max, which must lie within the service's.
func (w *template) subscription(row int) string {
	low, high := w.cellOf("min", row), w.cellOf("max", row)
	if low == "" || high == "" {
		return `"ok"`
	}
	least, most := w.look("G", row), w.look("H", row)
	return fmt.Sprintf(`IF(%s<>%s,"ok",IF(N(%s)<%s,"min "&%s,IF(N(%s)>%s,"max "&%s,"ok")))`,
		w.look("K", row), formulaText(string(PerPost)), low, least, least, high, most, most)
}

// cost is what the row is expected to be charged.
func (w *template) cost(row int) string {
	counted := "$" + w.own(formCounted) + strconv.Itoa(row)
	times := counted + "/1000"
	if runs := w.cellOf("runs", row); runs != "" {
		times += fmt.Sprintf(`*IF(%s="",1,%s)`, runs, runs)
	}
	return fmt.Sprintf(`IF(%s="","",IFERROR(IF(%s=%s,%s,IF(%s="","",%s*%s)),""))`, w.cellOf("service", row),
		w.look("K", row), formulaText(string(Once)), w.look("F", row), counted, w.look("F", row), times)
}
