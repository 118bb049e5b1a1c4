package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// ResultColumns are the columns of results: the person's, and ours around them.
type ResultColumns struct {
	Headers  []string       // of all the person's columns: not empty, unique without case
	Kept     []int          // those of the person's that the results copy
	Ours     []ResultColumn // all of ours, in their order
	Ahead    int            // how many of ours stand before the person's
	own      []string       // the person's headers, as they stand in the sheet
	replaced map[int]int    // the person's that ours stand for, to the place of ours
}

// NewColumns reads the person's headers. A results workbook that is used as a sheet has columns of ours:
// the new ones replace them, otherwise each time would add more of them, and the next reader would find two
// columns for the order's id.
func NewColumns(names []string) ResultColumns {
	c := ResultColumns{Headers: UniqueHeaders(names), own: names, Ours: OurColumns(), replaced: map[int]int{}}
	our := map[string]int{}
	for at, o := range c.Ours {
		our[parse.Fold(o.Heading)] = at
		if o.Ahead {
			c.Ahead = at + 1
		}
	}
	results := areResults(names)
	if results { // further names that the order's id may have there
		for _, name := range []string{"order", "orderno", "ordernumber", "ordernr"} {
			our[name] = our["orderid"]
		}
	}
	for i, name := range names {
		// What bears a name of ours in a sheet of the person's own is theirs: it may say that a row isn't to be ordered.
		// Two columns for the order's id would be an error to the next reader.
		if at, is := our[parse.Fold(name)]; is && (results || c.Ours[at].JSON == "order_id") {
			c.replaced[i] = at
		} else {
			c.Kept = append(c.Kept, i)
		}
	}
	return c
}

// areResults tells whether the columns are those of results that were used as a sheet.
func areResults(names []string) bool {
	has := func(heading string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return parse.Fold(name) == parse.Fold(heading) })
	}
	return has("Row key") || has("State") && has("Problem") && has("Order ID")
}

// Place tells where one of ours stands among all columns, by its place among ours.
func (c ResultColumns) Place(ours int) int {
	if ours < c.Ahead {
		return ours
	}
	return ours + len(c.Kept)
}

// Named is the place among ours of the column with that name in JSON.
func (c ResultColumns) Named(name string) int {
	return slices.IndexFunc(c.Ours, func(o ResultColumn) bool { return o.JSON == name })
}

// PlaceOf tells where the column of ours with that name in JSON stands among all columns.
func (c ResultColumns) PlaceOf(name string) int { return c.Place(c.Named(name)) }

// Names names all columns.
func (c ResultColumns) Names() []string {
	taken := map[string]bool{}
	var ours, theirs []string
	for _, o := range c.Ours {
		ours = append(ours, o.Heading)
		taken[strings.ToLower(o.Heading)] = true
	}
	// A header that was given a number may have become one of ours.
	for _, i := range c.Kept {
		theirs = append(theirs, FreeName(c.Headers[i], taken))
	}
	return slices.Concat(ours[:c.Ahead], theirs, ours[c.Ahead:])
}

// Mapped gives the names of all columns, and under theirs the fields of those that were named for the sheet.
func (c ResultColumns) Mapped(mapped map[string]string) (names []string, fields map[string]string) {
	names, fields = c.Names(), map[string]string{}
	for at, i := range c.Kept {
		if field := mapped[c.own[i]]; field != "" {
			fields[names[c.Ahead+at]] = field
		}
	}
	return names, fields
}

// Record gives all columns of a row as text.
func (c ResultColumns) Record(e journal.Entry) []string {
	ours := c.Values(e)
	record := append(make([]string, 0, len(ours)+len(c.Kept)), ours[:c.Ahead]...)
	for _, i := range c.Kept {
		record = append(record, Cell(e, i))
	}
	return append(record, ours[c.Ahead:]...)
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
