package parse

import (
	"fmt"
	"strings"

	"bulkorder/parse/book"
)

// unticked is the warning about a row without a word in a column that says which rows are to be ordered, such as
// Include and Approved, where other rows have one; nil: there is none.
func (b *builder) unticked(raw *rawRow) *Problem {
	for _, i := range b.done.choosers {
		c, col := b.done.columns[i], &b.header.columns[i]
		if col.index < len(raw.Cells) && !book.Blank(raw.Cells[col.index:col.index+1]) {
			continue
		}
		if c.ticked == nil {
			c.ticked = b.seeTicked(col.index)
		}
		if *c.ticked == "" {
			continue
		}
		return &Problem{
			Sheet: b.sheet, Column: col.Letter, Row: raw.Number, Rule: "not-ticked",
			Wrong: fmt.Sprintf("is blank in the column %q, where other rows have %q: the row may not be meant to be ordered",
				col.Name, *c.ticked),
			Mend:    "fill it in, leave the row out, or accept it",
			Warning: true, Asks: "done",
		}
	}
	return nil
}

// seeTicked walks the rows of the sheet once more, and gives the first text in a column that says that its row is to be
// ordered; "": there is none, or others say that theirs aren't.
func (b *builder) seeTicked(index int) *string {
	text, last := "", b.header.row
	for raw, err := range b.source.rows() {
		if err != nil || raw.Number-last > blankRun && raw.Number > last {
			break
		}
		if raw.Number <= b.header.row || book.Blank(raw.Cells) {
			continue
		}
		if last = raw.Number; b.begins(raw) {
			break
		}
		if index >= len(raw.Cells) {
			continue
		}
		cell := book.Trim(raw.Cells[index].Text)
		switch whole := spoken(cell); {
		case b.done.words.saysNo(cell, whole) && cell != "":
			return new(string) // noes are written out
		case text == "" && (b.done.words.yes[whole] || b.done.words.yes[cell]):
			text = strings.Clone(clip(cell, foundLimit))
		}
	}
	return &text
}

// noesOf are the answers that say no in a column that asks whether a row is to be ordered, for what stands beside them:
// "-" beside "+" or a yes, and T, which is Indonesian for no and English for true, beside Y and Ya.
func (d *doneReader) noesOf(t *Table, index int) map[string]bool {
	const most = 1000 // rows that are looked at
	looked, seen := 0, map[string]bool{}
	for raw, err := range t.source.rows() {
		if looked++; err != nil || looked > most {
			break
		}
		if raw.Number > t.header.row && index < len(raw.Cells) {
			seen[strings.Clone(spoken(clip(raw.Cells[index].Text, foundLimit)))] = true
		}
	}
	noes := map[string]bool{}
	for answer := range seen {
		if answer == "+" || d.words.yes[answer] {
			noes["-"], noes["–"], noes["—"] = true, true, true
		}
	}
	if !seen["f"] && (seen["y"] || seen["ya"] || seen["tidak"]) {
		noes["t"] = true
	}
	if seen["t"] && !noes["t"] || seen["true"] {
		noes["f"] = true
	}
	return noes
}
