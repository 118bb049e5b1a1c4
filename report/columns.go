package report

import (
	"strconv"
	"strings"
	"unicode"

	"bulkorder/batch/journal"
	"bulkorder/parse"
)

// ourColumns are the columns that stand behind the person's, in their order.
func ourColumns() []string {
	return []string{
		"State",
		"Order ID",
		"Charge",
		"Currency",
		"Status",
		"Start count",
		"Remains",
		"Refill",
		"Problem",
		"Sent at",
		"Checked at",
		"Row key",
	}
}

// Places in ourColumns.
const (
	AtState = iota
	AtOrderID
	AtCharge
	atCurrency
	AtStatus
	AtStartCount
	AtRemains
	AtRefill
	AtProblem
	AtSentAt
	AtCheckedAt
	atKey
	Ours // how many there are
)

// ResultColumns are the person's columns and what the results make of them.
type ResultColumns struct {
	Headers  []string    // of all the person's columns: not empty, unique without case
	Kept     []int       // those that the results copy
	replaced map[int]int // those that ours stand for, to the place of ours
}

// NewColumns reads the person's headers. A results workbook that is used as a sheet has columns of ours:
// the new ones replace them, otherwise each time would add twelve, and the next reader would find two
// columns for the order's id.
func NewColumns(names []string) ResultColumns {
	c := ResultColumns{Headers: UniqueHeaders(names), replaced: map[int]int{}}
	our := map[string]int{}
	for at, name := range ourColumns() {
		our[parse.Fold(name)] = at
	}
	// Further names that the reader of sheets takes for the order's id.
	for _, name := range []string{"order", "orderno", "ordernumber", "ordernr"} {
		our[name] = AtOrderID
	}
	for i, name := range names {
		if at, is := our[parse.Fold(name)]; is {
			c.replaced[i] = at
		} else {
			c.Kept = append(c.Kept, i)
		}
	}
	return c
}

// keptHeaders names the person's columns that are copied.
func (c ResultColumns) keptHeaders() []string {
	var names []string
	for _, i := range c.Kept {
		names = append(names, c.Headers[i])
	}
	return names
}

// All names the columns of the results: the person's that are copied, then ours.
func (c ResultColumns) All() []string {
	names := c.keptHeaders()
	taken := map[string]bool{}
	for _, name := range ourColumns() {
		taken[strings.ToLower(name)] = true
	}
	// A header that was given a number may have become one of ours.
	for i, name := range names {
		names[i] = FreeName(name, taken)
	}
	return append(names, ourColumns()...)
}

// Cell is the person's text in a column; a row may have fewer cells than the sheet has columns.
func Cell(e journal.Entry, i int) string {
	if i >= len(e.Cells) {
		return ""
	}
	return e.Cells[i]
}

// Values gives a row's columns of ours as text: times are RFC 3339 in UTC, money exact. A row that was
// skipped keeps what the sheet says in the columns that ours replace: it is ordered already, and its
// order's id must still be there when the results are run again.
func (c ResultColumns) Values(e journal.Entry) [Ours]string {
	v := [Ours]string{
		AtState:      string(Told(e.State)),
		AtOrderID:    e.OrderID,
		atCurrency:   e.Currency,
		AtStatus:     e.Status,
		AtStartCount: e.StartCount,
		AtRemains:    e.Remains,
		AtRefill:     e.Refill,
		AtProblem:    ProblemText(e),
		atKey:        e.Key,
	}
	if e.Charge.Valid {
		v[AtCharge] = e.Charge.Decimal.String()
	}
	if sent := SentAt(e); !sent.IsZero() {
		v[AtSentAt] = sent.UTC().Format(TimeText)
	}
	if !e.CheckedAt.IsZero() {
		v[AtCheckedAt] = e.CheckedAt.UTC().Format(TimeText)
	}
	if e.State != journal.Skipped {
		return v
	}
	for i, at := range c.replaced {
		if at != AtState && at != AtProblem && at != atKey && v[at] == "" {
			v[at] = Cell(e, i)
		}
	}
	if id := param(e, "order_id"); id != "" {
		v[AtOrderID] = id
	}
	return v
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
