package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// ResultColumns are the columns of results: the person's, and ours around them. The left ones, which stay in sight, are
// State and the person's columns of clients and links.
type ResultColumns struct {
	Headers []string       // of all the person's columns: not empty, unique without case
	Kept    []int          // those of the person's that the results copy
	Ours    []ResultColumn // all of ours, in their order
	InSight int            // how many columns stay in sight
	// where Kept and Ours stand among all columns
	TheirPlaces, OurPlaces []int

	slots    []slot      // all columns in their order
	own      []string    // the person's headers, as they stand in the sheet
	replaced map[int]int // the person's that ours stand for, to the place of ours
}

// slot is one of all columns: a place in Kept or, of ours, in Ours.
type slot struct {
	at   int
	ours bool
}

// NewColumns reads the headers of a batch. A results workbook that is used as a sheet has columns of ours:
// the new ones replace them, otherwise each time would add more of them, and the next reader would find two
// columns for the order's id. The services name what was ordered; without them that column is empty.
func NewColumns(b journal.Batch, services []journal.Service) ResultColumns {
	c := ResultColumns{Headers: UniqueHeaders(b.Columns), own: b.Columns, Ours: OurColumns(), replaced: map[int]int{}}
	our := map[string]int{}
	for at, o := range c.Ours {
		our[parse.Fold(o.Heading)] = at
	}
	results := areResults(b.Columns)
	if results { // further names that the order's id may have there
		for _, name := range []string{"order", "orderno", "ordernumber", "ordernr"} {
			our[name] = our["orderid"]
		}
	}
	for i, name := range b.Columns {
		// What bears a name of ours in a sheet of the person's own is theirs: it may say that a row isn't to be ordered.
		// Two columns for the order's id would be an error to the next reader.
		if at, is := our[parse.Fold(name)]; is && (results || c.Ours[at].JSON == "order_id") {
			c.replaced[i] = at
		} else {
			c.Kept = append(c.Kept, i)
		}
	}
	fields := parse.FieldsOf(b.Columns)
	for i, name := range b.Columns {
		if field := b.Mapped[name]; field != "" {
			fields[i] = field
		}
	}
	service := c.arrange(fields)
	c.Ours[c.Named("catalogue_name")].text = serviceNamer(service, services)
	return c
}

// arrange puts the columns in their order, and gives which of the person's holds the services; -1: none is known to.
func (c *ResultColumns) arrange(fields []string) (service int) {
	kept := func(of string) int {
		return slices.IndexFunc(c.Kept, func(i int) bool { return fields[i] == of })
	}
	client, link, catalogue := slices.Index(c.Kept, GroupColumn(c.own, "")), kept("link"), c.Named("catalogue_name")
	left := []slot{{0, true}}
	for _, at := range []int{client, link} {
		if at >= 0 {
			left = append(left, slot{at, false})
		}
	}
	c.InSight = len(left)
	c.slots = append(left, slot{c.Named("problem"), true})
	for at := range c.Kept {
		if at != client && at != link {
			c.slots = append(c.slots, slot{at, false})
		}
		if at == kept("service") {
			c.slots = append(c.slots, slot{catalogue, true})
		}
	}
	for at := range c.Ours {
		if s := (slot{at, true}); !slices.Contains(c.slots, s) {
			c.slots = append(c.slots, s)
		}
	}
	c.TheirPlaces, c.OurPlaces = make([]int, len(c.Kept)), make([]int, len(c.Ours))
	for place, s := range c.slots {
		if s.ours {
			c.OurPlaces[s.at] = place
		} else {
			c.TheirPlaces[s.at] = place
		}
	}
	if at := kept("service"); at >= 0 {
		return c.Kept[at]
	}
	return -1
}

// serviceNamer tells what a row's service is called in the catalogue that its batch was approved by, and its id where
// the row's own cell says something else.
func serviceNamer(column int, services []journal.Service) func(journal.Entry) string {
	names := map[[2]string]string{}
	for _, s := range services {
		names[[2]string{s.Panel, s.ID}] = s.Name
	}
	return func(e journal.Entry) string {
		name := names[[2]string{e.Panel, e.Service}]
		if name == "" || column >= 0 && strings.TrimSpace(Cell(e, column)) == e.Service {
			return name
		}
		return e.Service + " " + name
	}
}

// areResults tells whether the columns are those of results that were used as a sheet.
func areResults(names []string) bool {
	has := func(heading string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return parse.Fold(name) == parse.Fold(heading) })
	}
	return has("Row key") || has("State") && has("Problem") && has("Order ID")
}

// Named is the place among ours of the column with that name in JSON.
func (c ResultColumns) Named(name string) int {
	return slices.IndexFunc(c.Ours, func(o ResultColumn) bool { return o.JSON == name })
}

// Inner is how many columns at the end aren't printed.
func (c ResultColumns) Inner() int {
	n := 0
	for _, o := range c.Ours {
		if o.Inner {
			n++
		}
	}
	return n
}

// PlaceOf tells where the column of ours with that name in JSON stands among all columns.
func (c ResultColumns) PlaceOf(name string) int { return c.OurPlaces[c.Named(name)] }

// Names names all columns.
func (c ResultColumns) Names() []string {
	names, taken := make([]string, len(c.slots)), map[string]bool{}
	for at, o := range c.Ours {
		names[c.OurPlaces[at]] = o.Heading
		taken[strings.ToLower(o.Heading)] = true
	}
	// A header that was given a number may have become one of ours.
	for at, i := range c.Kept {
		names[c.TheirPlaces[at]] = FreeName(c.Headers[i], taken)
	}
	return names
}

// Mapped gives the names of all columns, and under theirs the fields of those that were named for the sheet.
func (c ResultColumns) Mapped(mapped map[string]string) (names []string, fields map[string]string) {
	names, fields = c.Names(), map[string]string{}
	for at, i := range c.Kept {
		if field := mapped[c.own[i]]; field != "" {
			fields[names[c.TheirPlaces[at]]] = field
		}
	}
	return names, fields
}

// Record gives all columns of a row as text.
func (c ResultColumns) Record(e journal.Entry) []string {
	ours, record := c.Values(e), make([]string, len(c.slots))
	for place, s := range c.slots {
		if s.ours {
			record[place] = ours[s.at]
		} else {
			record[place] = Cell(e, c.Kept[s.at])
		}
	}
	return record
}

// Values gives a row's columns of ours as text. A row that was skipped keeps what the sheet says in the columns that
// ours replace: it is ordered already, and its order's id must still be there when the results are run again.
func (c ResultColumns) Values(e journal.Entry) []string {
	values := make([]string, len(c.Ours))
	for at, o := range c.Ours {
		values[at] = o.Text(e)
	}
	if e.State != journal.Skipped {
		return values
	}
	for i, at := range c.replaced {
		_, named := journal.ParseRowKey(Cell(e, i))
		if named || !c.Ours[at].always && values[at] == "" {
			values[at] = Cell(e, i)
		}
	}
	if id := param(e, "order_id"); id != "" {
		values[c.Named("order_id")] = id
	}
	return values
}

// Cell is the person's text in a column; a row may have fewer cells than the sheet has columns.
func Cell(e journal.Entry, i int) string {
	if i >= len(e.Cells) {
		return ""
	}
	return e.Cells[i]
}

func param(e journal.Entry, name string) string {
	for _, p := range e.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// UniqueHeaders makes headers that an Excel table takes: strings of one line, not empty, not too long,
// and unique without case. Excel offers to repair anything else.
func UniqueHeaders(names []string) []string {
	const longest = 240 // Excel's limit is 255; a number may come behind
	taken := map[string]bool{}
	unique := make([]string, len(names))
	for i, name := range names {
		name = strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return ' '
			}
			if unicode.IsControl(r) || r == unicode.ReplacementChar || r > 0xfffd && r < 0x10000 {
				return -1
			}
			return r
		}, name)
		if runes := []rune(name); len(runes) > longest {
			name = string(runes[:longest])
		}
		if strings.TrimSpace(name) == "" {
			name = "Column " + strconv.Itoa(i+1)
		}
		unique[i] = FreeName(name, taken)
	}
	return unique
}

// FreeName gives the name, or the name with the first number that is free, and takes it.
func FreeName(name string, taken map[string]bool) string {
	unique := name
	for n := 2; taken[strings.ToLower(unique)]; n++ {
		unique = name + " (" + strconv.Itoa(n) + ")"
	}
	taken[strings.ToLower(unique)] = true
	return unique
}
