package parse

import (
	"fmt"
	"slices"

	"bulkorder/parse/book"
)

// section is a title above rows, or the name of their worksheet, that says that they are done.
type section struct {
	text string // "": none does
	row  int    // it stands in; 0: it is the worksheet's name, or stands where the next says
	// Where else than above the rows it stands, and whose it is: "stands in the comment on …: the rows".
	where string
}

// above looks at a row above the header. Titles that stand there are of the table; where rows with several cells
// follow, they are of something else.
func (b *builder) above(raw *rawRow) {
	if raw.Number == b.header.row {
		b.headNotes(raw)
		return
	}
	filled, text := lastText(raw)
	switch {
	case filled > 1:
		b.section = b.tab()
	case filled == 1 && saysThousands(text):
		b.unit = unitOf(text, "stands above the table")
	case filled == 1 && b.done.titles(text):
		b.section = section{text: clip(text, foundLimit), row: raw.Number}
	}
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
		b.section = section{text: clip(text, foundLimit), row: raw.Number}
	}
}

// saysItsDone are the warnings about a row that its own cells, or what stands above it, call done.
func (b *builder) saysItsDone(raw *rawRow) []Problem {
	b.seeFoot()
	if b.unit.text != "" && b.header.text(raw, "quantity") != "" && (!b.unit.daily || b.header.text(raw, "runs") == "") {
		return []Problem{b.inUnits(raw)}
	}
	if at := b.done.look(b.filled, b.header, raw); at >= 0 {
		return []Problem{b.saysDone(raw, at)}
	}
	for _, doubt := range [...]func(*rawRow) *Problem{b.strayDoubt, b.noteDoubt, b.noteCorrects, b.noteDrips, b.standsIn,
		b.unticked} {
		if p := doubt(raw); p != nil {
			return []Problem{*p}
		}
	}
	if b.foot.text != "" && !b.below(raw) && b.foot.signed(raw) {
		return []Problem{b.footed(raw)}
	}
	if !b.below(raw) {
		return b.unknownNotes(raw)
	}
	p := Problem{
		Sheet: b.sheet, Row: raw.Number, Rule: "section-done", Found: b.section.text,
		Wrong:   "is the worksheet's name: its rows may be done, or not to be ordered",
		Mend:    "leave such rows out with --skip-sections, or accept them",
		Warning: true, Asks: "done", Option: "--skip-sections",
	}
	if b.section.where != "" {
		p.Wrong = b.section.where + " may be done, or not to be ordered"
	}
	if b.section.row > 0 {
		p.Wrong = fmt.Sprintf("stands above the row, in row %d: what is below it may be done, or not to be ordered",
			b.section.row)
	}
	return []Problem{p}
}

// inUnits is the warning about a quantity that isn't meant as it stands.
func (b *builder) inUnits(raw *rawRow) Problem {
	p := Problem{
		Sheet: b.sheet, Row: raw.Number, Field: "quantity", Rule: "title-thousands", Found: b.unit.text,
		Wrong: b.unit.where + ", and the quantity is ordered as it stands", Mend: "write the quantity in full",
		Warning: true, Asks: "contradiction",
	}
	if b.unit.daily {
		p.Rule, p.Asks = "title-daily", "dripfeed"
		p.Wrong = b.unit.where + ", and the order has no runs: all is delivered at once"
		p.Mend = "fill in columns Runs and Interval (minutes) if a drip-feed is meant"
	}
	return p
}

// footed is the warning about a row above a line that says that it isn't to be ordered.
func (b *builder) footed(raw *rawRow) Problem {
	return Problem{
		Sheet: b.sheet, Row: raw.Number, Rule: "foot-done", Found: b.foot.text,
		Wrong: fmt.Sprintf("stands below the rows, in row %d: what is above it may be done, or not to be ordered",
			b.foot.row),
		Mend:    "leave such rows out with --skip-sections, delete the line if it holds no longer, or accept them",
		Warning: true, Asks: "done", Option: "--skip-sections",
	}
}

// below tells whether a row stands below a title that says done, or on such a worksheet.
func (b *builder) below(raw *rawRow) bool { return b.section.text != "" && b.section.row < raw.Number }
