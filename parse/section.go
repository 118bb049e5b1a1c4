package parse

import (
	"fmt"
	"slices"
	"strings"

	"bulkorder/parse/book"
)

// section is a title above rows, or the name of their worksheet, that says that they are done.
type section struct {
	text string // "": none does
	row  int    // it stands in; 0: it is the worksheet's name
}

// above looks at a row above the header. Titles that stand there are of the table; where rows with several cells
// follow, they are of something else.
func (b *builder) above(raw *rawRow) {
	if raw.Number == b.header.row {
		return
	}
	filled, text := lastText(raw)
	switch {
	case filled > 1:
		b.section = b.tab()
	case filled == 1 && saysThousands(text):
		b.inThousands = clip(text, foundLimit)
	case filled == 1 && b.done.titles(text):
		b.section = section{clip(text, foundLimit), raw.Number}
	}
}

// saysThousands tells whether a title says that the numbers below are thousands.
func saysThousands(title string) bool {
	const words = "thousand thousands тысячах тыс tausend tsd milhares miles milliers ribuan nghìn بالآلاف हज़ार 千 bin"
	return strings.Contains(title, "(K)") || strings.Contains(title, "(k)") ||
		slices.ContainsFunc(serviceWords(title), func(w string) bool { return slices.Contains(strings.Fields(words), w) })
}

// lastText counts the cells that a row fills, and gives the text of the last of them.
func lastText(raw *rawRow) (filled int, text string) {
	for i := range raw.Cells {
		if !book.Blank(raw.Cells[i : i+1]) {
			filled, text = filled+1, book.Trim(raw.Cells[i].Text)
		}
	}
	return filled, text
}

// tab is the section that the worksheet's name makes of the whole table.
func (b *builder) tab() section {
	name := b.sheet
	example := b.table.tab > 0 && slices.ContainsFunc(plainWords(name), func(w plainWord) bool {
		return b.done.words.template[w.text]
	})
	if !b.text && (example || b.done.titles(name)) {
		return section{text: clip(name, foundLimit)}
	}
	return section{}
}

// entitles begins a section with a row that has one text and is no order: "Completed", "Already ordered:". Another
// title ends it.
func (b *builder) entitles(raw *rawRow) {
	filled, text := lastText(raw)
	if filled != 1 {
		return
	}
	if b.section = b.tab(); b.done.titles(text) {
		b.section = section{clip(text, foundLimit), raw.Number}
	}
}

// saysItsDone are the warnings about a row that its own cells, or what stands above it, call done.
func (b *builder) saysItsDone(raw *rawRow) []Problem {
	if b.inThousands != "" && b.header.text(raw, "quantity") != "" {
		return []Problem{{
			Sheet: b.sheet, Row: raw.Number, Field: "quantity", Rule: "title-thousands", Found: b.inThousands,
			Wrong: "stands above the table, and the quantity is ordered as it stands", Mend: "write the quantity in full",
			Warning: true, Asks: "contradiction",
		}}
	}
	if at := b.done.look(b.filled, b.header, raw); at >= 0 {
		return []Problem{b.saysDone(raw, at)}
	}
	for _, doubt := range [...]func(*rawRow) *Problem{b.strayDoubt, b.noteDoubt, b.noteCorrects, b.standsIn, b.unticked} {
		if p := doubt(raw); p != nil {
			return []Problem{*p}
		}
	}
	if !b.below(raw) {
		return nil
	}
	p := Problem{
		Sheet: b.sheet, Row: raw.Number, Rule: "section-done", Found: b.section.text,
		Wrong:   "is the worksheet's name: its rows may be done, or not to be ordered",
		Mend:    "leave such rows out with --skip-sections, or accept them",
		Warning: true, Asks: "done", Option: "--skip-sections",
	}
	if b.section.row > 0 {
		p.Wrong = fmt.Sprintf("stands above the row, in row %d: what is below it may be done, or not to be ordered",
			b.section.row)
	}
	return []Problem{p}
}

// below tells whether a row stands below a title that says done, or on such a worksheet.
func (b *builder) below(raw *rawRow) bool { return b.section.text != "" && b.section.row < raw.Number }
