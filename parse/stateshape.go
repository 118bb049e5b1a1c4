package parse

import (
	"strings"
	"unicode/utf8"

	"bulkorder/parse/book"
)

// seeStates makes a column one for states whatever its name is, where most of what stands there is known to say how far
// an order is. Of a name that tells of no states, several words must be known, one of them for what is done.
func (d *doneReader) seeStates(c *doneColumn, t *Table, col column) {
	const shortest = 3 // letters: OK is a word of other columns too
	if book.Trim(col.Name) == "" || c.states || c.places || c.kind != stateHead && c.kind != otherHead {
		return
	}
	filled, known, done := 0, 0, 0
	texts := map[string]bool{}
	for _, text := range d.textsOf(t, col.index) {
		filled++
		says := d.words.begins(plainWords(text))
		if !says && !d.words.goes(text) || ascii(text) && utf8.RuneCountInString(text) < shortest {
			continue
		}
		known++
		if texts[spoken(text)] = true; says {
			done++
		}
	}
	if known == 0 || known*2 < filled || c.kind == otherHead && (done == 0 || len(texts) < 2) {
		return
	}
	c.kind, c.states = stateHead, true
}

// textsOf are what stands in the first rows of a column below the header. The rows are walked once for all columns of
// the person's own.
func (d *doneReader) textsOf(t *Table, index int) []string {
	const most, widest, longest = 1000, 100, 100 // rows and columns that are looked at, and letters of a text
	if d.first != nil {
		return d.first[index]
	}
	d.first = map[int][]string{}
	var own []int
	for _, col := range t.header.columns {
		if col.Field == "" && len(own) < widest {
			own = append(own, col.index)
		}
	}
	looked := 0
	for raw, err := range t.source.rows() {
		if looked++; err != nil || looked > most {
			break
		}
		if raw.Number <= t.header.row {
			continue
		}
		for _, at := range own {
			if at >= len(raw.Cells) || raw.Cells[at].Text == "" {
				continue
			}
			if text := book.Trim(raw.Cells[at].Text); text != "" {
				d.first[at] = append(d.first[at], strings.Clone(clip(text, longest)))
			}
		}
	}
	return d.first[index]
}
