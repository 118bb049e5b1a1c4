package parse

import (
	"slices"
	"strings"
)

// subscribe gives the fields of subscriptions to columns of a sheet that has neither links nor quantities: their
// names in
// other languages are also those of columns of people's own.
func (c *candidate) subscribe() {
	if !c.has("service") || c.has("link") || c.has("quantity") {
		return
	}
	for _, t := range subscriptionWords() {
		if c.has(t.field) {
			continue
		}
		var names []string
		for name := range strings.FieldsSeq(t.names) {
			names = append(names, foldName(name))
		}
		is := func(i int) bool { return c.fields[i] == "" && slices.Contains(names, foldName(c.texts[i])) }
		at := -1
		for i := range c.texts {
			if is(i) && at >= 0 {
				at = -1
				break
			}
			if is(i) {
				at = i
			}
		}
		if at >= 0 {
			c.fields[at], c.by[at] = t.field, ByName
		}
	}
}
