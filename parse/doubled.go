package parse

import (
	"fmt"

	"bulkorder/parse/book"
)

// yield takes a field from columns whose names fit it loosely, where another column bears a better one: ID counts rows
// beside Service, Service is a name beside Service ID, Amount is money beside Quantity.
func (c *candidate) yield() {
	if !c.doubled() {
		return
	}
	for _, pair := range [...]struct{ field, loose, better string }{
		{"service", "id", ""},
		{"service", "service", "serviceid"},
		{"quantity", "amount", "quantity"},
		{"quantity", "amount", "qty"},
		{"quantity", "sl", ""}, // which counts the rows in India
	} {
		is := func(i int, loose bool) bool {
			if c.fields[i] != pair.field {
				return false
			}
			name := Fold(c.texts[i])
			if loose {
				return name == pair.loose && c.by[i] == ByName
			}
			return name != pair.loose && (pair.better == "" || name == pair.better)
		}
		better := false
		for i := range c.texts {
			better = better || is(i, false)
		}
		for i := range c.texts {
			if better && is(i, true) {
				c.fields[i], c.by[i] = "", Unused
			}
		}
	}
}

// doubled tells whether a field has several columns.
func (c *candidate) doubled() bool {
	seen := map[string]bool{}
	for _, field := range c.fields {
		if field != "" && seen[field] {
			return true
		}
		seen[field] = true
	}
	return false
}

// leaveEmpty takes a field from columns with nothing below their heads, where another one of that field is filled.
func (c *candidate) leaveEmpty(s source) {
	if !c.doubled() {
		return
	}
	columns := map[string]int{} // of each field
	for _, field := range c.fields {
		columns[field]++
	}
	filled, below := map[int]bool{}, map[string]bool{}
	for raw, err := range s.rows() {
		if err != nil {
			return // it is told by whoever reads the rows
		}
		if raw.Number <= c.row {
			continue
		}
		for i := range min(len(raw.Cells), len(c.fields)) {
			if c.fields[i] != "" && columns[c.fields[i]] > 1 && !book.Blank(raw.Cells[i:i+1]) {
				filled[i], below[c.fields[i]] = true, true
			}
		}
	}
	for i, field := range c.fields {
		if field != "" && columns[field] > 1 && below[field] && !filled[i] {
			c.fields[i], c.by[i] = "", Unused
		}
	}
}

// choice says how one of two columns for a field is chosen.
func (c *candidate) choice(first, second int, field string) string {
	if Fold(c.texts[first]) == Fold(c.texts[second]) {
		return "rename the one that is not meant"
	}
	return fmt.Sprintf("rename the one that is not meant, or say which one is: --map %q or --map %q",
		c.texts[first]+"="+field, c.texts[second]+"="+field)
}
