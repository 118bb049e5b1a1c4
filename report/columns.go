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
	atState = iota
	atOrderID
	atCharge
	atCurrency
	atStatus
	atStartCount
	atRemains
	atRefill
	atProblem
	atSentAt
	atCheckedAt
	atKey
	ours // how many there are
)

// columns are the person's columns and what the results make of them.
type columns struct {
	headers  []string    // of all the person's columns: not empty, unique without case
	kept     []int       // those that the results copy
	replaced map[int]int // those that ours stand for, to the place of ours
}

// newColumns reads the person's headers. A results workbook that is used as a sheet has columns of ours:
// the new ones replace them, otherwise each time would add twelve, and the next reader would find two
// columns for the order's id.
func newColumns(names []string) columns {
	c := columns{headers: uniqueHeaders(names), replaced: map[int]int{}}
	our := map[string]int{}
	for at, name := range ourColumns() {
		our[parse.Fold(name)] = at
	}
	// Further names that the reader of sheets takes for the order's id.
	for _, name := range []string{"order", "orderno", "ordernumber", "ordernr"} {
		our[name] = atOrderID
	}
	for i, name := range names {
		if at, is := our[parse.Fold(name)]; is {
			c.replaced[i] = at
		} else {
			c.kept = append(c.kept, i)
		}
	}
	return c
}

// keptHeaders names the person's columns that are copied.
func (c columns) keptHeaders() []string {
	var names []string
	for _, i := range c.kept {
		names = append(names, c.headers[i])
	}
	return names
}

// all names the columns of the results: the person's that are copied, then ours.
func (c columns) all() []string {
	names := c.keptHeaders()
	taken := map[string]bool{}
	for _, name := range ourColumns() {
		taken[strings.ToLower(name)] = true
	}
	// A header that was given a number may have become one of ours.
	for i, name := range names {
		names[i] = free(name, taken)
	}
	return append(names, ourColumns()...)
}

// cell is the person's text in a column; a row may have fewer cells than the sheet has columns.
func cell(e journal.Entry, i int) string {
	if i >= len(e.Cells) {
		return ""
	}
	return e.Cells[i]
}

// values gives a row's columns of ours as text: times are RFC 3339 in UTC, money exact. A row that was
// skipped keeps what the sheet says in the columns that ours replace: it is ordered already, and its
// order's id must still be there when the results are run again.
func (c columns) values(e journal.Entry) [ours]string {
	v := [ours]string{
		atState:      string(Told(e.State)),
		atOrderID:    e.OrderID,
		atCurrency:   e.Currency,
		atStatus:     e.Status,
		atStartCount: e.StartCount,
		atRemains:    e.Remains,
		atRefill:     e.Refill,
		atProblem:    problemText(e),
		atKey:        e.Key,
	}
	if e.Charge.Valid {
		v[atCharge] = e.Charge.Decimal.String()
	}
	if sent := sentAt(e); !sent.IsZero() {
		v[atSentAt] = sent.UTC().Format(timeText)
	}
	if !e.CheckedAt.IsZero() {
		v[atCheckedAt] = e.CheckedAt.UTC().Format(timeText)
	}
	if e.State != journal.Skipped {
		return v
	}
	for i, at := range c.replaced {
		if at != atState && at != atProblem && at != atKey && v[at] == "" {
			v[at] = cell(e, i)
		}
	}
	if id := param(e, "order_id"); id != "" {
		v[atOrderID] = id
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

// uniqueHeaders makes headers that an Excel table takes: strings of one line, not empty, not too long,
// and unique without case. Excel offers to repair anything else.
func uniqueHeaders(names []string) []string {
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
		unique[i] = free(name, taken)
	}
	return unique
}

// free gives the name, or the name with the first number that is free, and takes it.
func free(name string, taken map[string]bool) string {
	unique := name
	for n := 2; taken[strings.ToLower(unique)]; n++ {
		unique = name + " (" + strconv.Itoa(n) + ")"
	}
	taken[strings.ToLower(unique)] = true
	return unique
}
